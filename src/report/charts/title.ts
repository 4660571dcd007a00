/** Characters of a title on one line of 900 pixels. */
const LINE = 82;
/** Longest name of a row or a series: more would leave no room for what it is about. */
const NAME = 44;

/** A title on one line, or on two where it does not fit. */
export function titleLines(text: string): string | string[] {
  if (text.length <= LINE) return text;
  // After a comma rather than in the midst of a part.
  const part = Math.max(text.lastIndexOf(', ', LINE), text.lastIndexOf('; ', LINE));
  const at = part > LINE / 3 ? part + 1 : text.lastIndexOf(' ', LINE);
  const cut = at < LINE / 3 ? LINE : at;
  return [text.slice(0, cut), shortened(text.slice(cut).trim(), LINE)];
}

/** A name that fits; its end tells more than its middle. */
export function shortName(name: string): string {
  const clean = name.replace(/\p{Cc}/gu, ' ');
  if (clean.length <= NAME) return clean;
  return `${clean.slice(0, NAME - 13)}…${clean.slice(-12)}`;
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
