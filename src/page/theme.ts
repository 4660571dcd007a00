import { icon } from './icon.js';

/** Light or dark as the system has it, or as the reader has chosen. */
export function themeButton(button: HTMLElement, changed: () => void): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  button.replaceChildren(icon('theme'));
  button.addEventListener('click', () => {
    const dark = root.dataset.theme === undefined ? system.matches : root.dataset.theme === 'dark';
    root.dataset.theme = dark ? 'light' : 'dark';
    changed();
  });
  system.addEventListener('change', changed);
}
