/** Signs of buttons, as paths in a square of 16: no font has all of them. */
const PATHS = {
  start: 'M3 3h2v10H3zM13 3v10L6 8z',
  play: 'M4 2.5v11L13.5 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  step: 'M11 3h2v10h-2zM3 3v10l7-5z',
  theme: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM8 3v10a5 5 0 0 1 0-10z',
} as const;
export type Sign = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

export function icon(sign: Sign): SVGElement {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[sign]);
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({
    viewBox: '0 0 16 16',
    width: '16',
    height: '16',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(name, value);
  svg.append(path);
  return svg;
}
