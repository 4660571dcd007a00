import type { CriticalPath, PathLink, WaitShare } from '../measure/critical-path.js';
import { durationText } from './duration-text.js';
import { element, named } from './element.js';
import { palette } from './palette.js';

/** Causes with a colour of their own. */
const SHOWN = 7;

/** The critical path as a bar of its causes, as a strip over time, and as a table; returns how to recolour it. */
export function pathSection(section: HTMLElement, path: CriticalPath): () => void {
  const box = element('div');
  section.append(box);
  const draw = (): void => {
    const colors = palette().series;
    const color = (name: string): string => {
      const rank = path.causes.findIndex((cause) => cause.name === name);
      return rank < 0 || rank >= SHOWN ? colors[7]! : colors[rank]!;
    };
    box.replaceChildren(intro(path), causeBar(path, color), strip(path, color), causeTable(path, color), pods(path));
  };
  draw();
  return draw;
}

function intro({ end, seconds }: CriticalPath): HTMLElement {
  const until = end === 'converged' ? 'until all was as desired' : 'until the last pod ran; it never converged';
  return element(
    'p',
    {},
    `${durationText(seconds)} from the step that counts ${until}. Every wait on the way has a name, and they add up to it.`,
  );
}

function causeBar({ causes, seconds }: CriticalPath, color: (name: string) => string): HTMLElement {
  const parts = causes.map(({ name, seconds: waited }) =>
    element('span', {
      style: `flex:${Math.max(waited / seconds, 1e-4)};background:${color(name)}`,
      title: `${name}: ${durationText(waited)}`,
    }),
  );
  return element('div', { class: 'stack', role: 'img', 'aria-label': 'Share of each wait' }, ...parts);
}

/** Which wait held it up when. */
function strip({ links }: CriticalPath, color: (name: string) => string): HTMLElement {
  const [from, to] = [links[0]?.from ?? 0, links.at(-1)?.to ?? 1];
  const part = (link: PathLink): HTMLElement =>
    element('span', {
      style: `flex:${Math.max(0, link.to - link.from)};background:${color(link.name)}`,
      title: `${link.name}: ${durationText(link.from)} to ${durationText(link.to)}`,
    });
  const bar = element(
    'div',
    { class: 'stack thin', role: 'img', 'aria-label': 'Waits in order of time' },
    ...links.map(part),
  );
  const ends = element(
    'div',
    { class: 'ends' },
    element('span', {}, durationText(from)),
    element('span', {}, durationText(to)),
  );
  return element('div', {}, bar, ends);
}

function causeTable({ causes, seconds }: CriticalPath, color: (name: string) => string): HTMLElement {
  const row = (share: WaitShare): HTMLElement =>
    element(
      'tr',
      {},
      element('td', {}, element('i', { class: 'dot', style: `background:${color(share.name)}` }), named(share.name)),
      element('td', {}, share.cause),
      element('td', {}, share.count.toLocaleString('en-US')),
      element('td', {}, durationText(share.seconds)),
      element('td', {}, `${((100 * share.seconds) / (seconds || 1)).toFixed(1)} %`),
    );
  const head = ['waited for', 'sort', 'times', 'in all', 'share'].map((text) => element('th', { scope: 'col' }, text));
  const body = element('tbody', {}, ...causes.map(row));
  return element(
    'div',
    { class: 'scroll' },
    element('table', { class: 'causes' }, element('thead', {}, element('tr', {}, ...head)), body),
  );
}

function pods({ pods: waits, podCount }: CriticalPath): HTMLElement {
  const row = waits
    .slice(0, SHOWN)
    .map(({ name, p50, p90, p99 }) =>
      element(
        'tr',
        {},
        element('td', {}, named(name)),
        ...[p50, p90, p99].map((value) => element('td', {}, durationText(value))),
      ),
    );
  const head = ['waited for', 'half of them', '90 %', '99 %'].map((text) => element('th', { scope: 'col' }, text));
  const table = element(
    'table',
    { class: 'waits' },
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...row),
  );
  const title = element(
    'summary',
    {},
    `What ${podCount.toLocaleString('en-US')} pods waited for until they ran, at most`,
  );
  return element('details', {}, title, element('div', { class: 'scroll' }, table));
}
