import type { WorkloadSummary } from '../measure/summary.js';
import { durationText } from './duration-text.js';
import { element, named } from './element.js';

/** Rows drawn at once; the search finds the others. */
const ROWS_SHOWN = 500;

interface Row {
  readonly cells: readonly (string | number | null)[];
  readonly search: string;
}

const HEADS = ['kind', 'namespace', 'name', 'desired', 'available', 'changes', 'last change at', 'converged after'];
/** From this column on there are numbers. */
const FIRST_NUMBER = 3;
const FIRST_TIME = 6;

/** The workloads with sorting by any column, and search. */
export function workloadTable(section: HTMLElement, workloads: readonly WorkloadSummary[]): void {
  const rows = workloads.map(rowOf);
  const body = element('tbody');
  const count = element('output', { class: 'note', 'aria-live': 'polite' });
  const search = element('input', {
    type: 'search',
    placeholder: 'Search workloads',
    'aria-label': 'Search workloads',
  });
  let sorted = HEADS.length - 1;
  let down = true;
  const heads = HEADS.map((head, column) => {
    const button = element('button', { type: 'button' }, head);
    button.addEventListener('click', () => {
      down = sorted === column ? !down : column >= FIRST_NUMBER;
      sorted = column;
      draw();
    });
    return element('th', { scope: 'col' }, button);
  });
  const draw = (): void => {
    const wanted = search.value.trim().toLowerCase();
    const found = rows.filter((row) => row.search.includes(wanted)).sort((a, b) => order(a, b, sorted, down));
    body.replaceChildren(...found.slice(0, ROWS_SHOWN).map(drawn));
    const more = found.length > ROWS_SHOWN ? `, ${ROWS_SHOWN} shown` : '';
    count.textContent = `${found.length} of ${rows.length} workloads${more}`;
    heads.forEach((head, column) => {
      if (column === sorted) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
  };
  search.addEventListener('input', draw);
  const table = element('table', {}, element('thead', {}, element('tr', {}, ...heads)), body);
  section.append(element('div', { class: 'tools' }, search, count), element('div', { class: 'scroll' }, table));
  draw();
}

function rowOf({ kind, namespace, name, desired, available, changes }: WorkloadSummary): Row {
  const last = changes.at(-1);
  const shown = name === '*' ? 'pods of their own' : name;
  return {
    cells: [kind, namespace, shown, desired, available, changes.length, last?.at ?? null, last?.seconds ?? null],
    search: `${kind} ${namespace} ${shown}`.toLowerCase(),
  };
}

function order(a: Row, b: Row, column: number, down: boolean): number {
  const [left, right] = [a.cells[column]!, b.cells[column]!];
  if (left === right) return 0;
  // What never happened stands last, whichever way.
  if (left === null) return 1;
  if (right === null) return -1;
  return (left < right ? -1 : 1) * (down ? -1 : 1);
}

function drawn({ cells }: Row): HTMLElement {
  const tds = cells.map((cell, column) => {
    if (column >= FIRST_TIME) return element('td', {}, cell === null ? '–' : durationText(cell as number));
    return element('td', {}, column < FIRST_NUMBER ? named(String(cell)) : Number(cell).toLocaleString('en-US'));
  });
  const [desired, available] = [cells[FIRST_NUMBER], cells[FIRST_NUMBER + 1]];
  return element('tr', desired === available ? {} : { class: 'short' }, ...tds);
}
