/** The colours of the page as they are now, light or dark. */
export interface Palette {
  readonly text: string;
  readonly note: string;
  readonly faint: string;
  readonly card: string;
  readonly back: string;
  readonly fault: string;
  readonly step: string;
  /** Okabe and Ito's, told apart with any colour vision. */
  readonly series: readonly string[];
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: color('text'),
    note: color('note'),
    faint: color('faint'),
    card: color('card'),
    back: color('back'),
    fault: color('fault'),
    step: color('step'),
    series: Array.from({ length: 8 }, (_, at) => color(`series-${at}`)),
  };
}
