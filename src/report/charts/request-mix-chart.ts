import type { RequestSummary, Summary } from '../../measure/summary.js';
import { barOptions, barTexts } from './bar-options.js';
import type { BarChart } from './chart-file.js';
import { PALETTE } from './look.js';
import { shareText, trim } from './time-unit.js';
import { shortName } from './title.js';

const ROWS_SHOWN = 12;
/** Clients with a colour of their own; of more, the others have one together. */
const CLIENTS_SHOWN = PALETTE.length;

/** What the hub was asked for, and by whom: a bar for each sort of request, in the colours of the clients. */
export function requestMixChart({ hub }: Summary): BarChart {
  const sorts = summed(hub.byRequest, sortOf);
  const ranked = [...sorts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const rows = ranked.slice(0, ROWS_SHOWN).map(([sort]) => sort);
  const clients = [...summed(hub.byRequest, ({ client }) => client)].sort(
    (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
  );
  const own = clients.length > CLIENTS_SHOWN ? CLIENTS_SHOWN - 1 : clients.length;
  const shown = clients.slice(0, own).map(([client]) => client);
  const others = clients.length > own ? [`${clients.length - own} others`] : [];
  const countOf = (row: string, client: string): number =>
    hub.byRequest
      .filter(
        (one) =>
          sortOf(one) === row && (one.client === client || (client === others[0] && !shown.includes(one.client))),
      )
      .reduce((sum, { count }) => sum + count, 0);
  const share = (count: number): string => shareText(count / hub.requests);
  return {
    name: 'request-mix.png',
    configuration: {
      type: 'bar',
      data: {
        labels: rows.map(shortName),
        datasets: [...shown, ...others].map((client, at) => ({
          label: shortName(client),
          backgroundColor: PALETTE[at]!,
          data: rows.map((row) => countOf(row, client)),
        })),
      },
      options: barOptions(titleOf(ranked, hub.requests, share), 'requests', true),
      plugins: [barTexts(rows.map((row) => share(sorts.get(row)!)))],
    },
  };
}

function titleOf(ranked: readonly [string, number][], all: number, share: (count: number) => string): string {
  const [first] = ranked;
  if (first === undefined) return 'Nothing was asked of the hub';
  return `${share(first[1])} of ${trim(all)} requests: ${first[0]}`;
}

function sortOf({ verb, resource, subresource }: RequestSummary): string {
  return `${verb} ${resource}${subresource === '' ? '' : `/${subresource}`}`;
}

function summed(rows: readonly RequestSummary[], nameOf: (row: RequestSummary) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(nameOf(row), (sums.get(nameOf(row)) ?? 0) + row.count);
  return sums;
}
