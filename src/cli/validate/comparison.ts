import type { Summary } from '../../measure/summary.js';
import type { Figure, FigureKind, Measured, MeasuredRequests } from './measured.js';
import { passes } from './tolerance.js';

/** One figure, measured and simulated: the medians of all repetitions. */
export interface Comparison {
  readonly figure: Figure;
  /** `undefined` when the summary has no such number. */
  readonly simulated: number | undefined;
  readonly pass: boolean;
}

/** Requests that the simulator does not send: discovery and the like have no resource. */
const NO_RESOURCE = '-';

/** Compares the figures of the given kinds, in the order of the file, with the summaries; request counts come last. */
export function compare(
  measured: Measured,
  summaries: readonly Summary[],
  kinds: ReadonlySet<FigureKind>,
): Comparison[] {
  const figures = measured.figures.map((figure) => ({
    figure,
    simulated: medianOf(summaries, (summary) => numberAt(summary, figure.path)),
  }));
  const requests = measured.requests
    .filter((request) => request.resource !== NO_RESOURCE)
    .map((request) => ({
      figure: requestFigure(request),
      simulated: medianOf(summaries, (summary) => requestCount(summary, request)),
    }));
  return [...figures, ...requests]
    .filter(({ figure }) => kinds.has(figure.kind))
    .map(({ figure, simulated }) => ({ figure, simulated, pass: passes(figure, simulated) }));
}

/** The number at a path of keys; keys may have dashes but no dots. */
export function numberAt(summary: Summary, path: string): number | undefined {
  let value: unknown = summary;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' ? value : undefined;
}

function requestFigure(request: MeasuredRequests): Figure {
  const resource = request.subresource === '' ? request.resource : `${request.resource}/${request.subresource}`;
  const path = `${request.verb} ${resource} ${request.code}`;
  return { path, kind: 'count', values: request.count, median: median(request.count), range: undefined };
}

function requestCount(summary: Summary, request: MeasuredRequests): number {
  return summary.hub.byRequest
    .filter(
      ({ verb, resource, subresource, code }) =>
        verb === request.verb &&
        resource === request.resource &&
        subresource === request.subresource &&
        code === request.code,
    )
    .reduce((sum, { count }) => sum + count, 0);
}

/** The median of what the summaries have; `undefined` if one of them has no such number. */
function medianOf(
  summaries: readonly Summary[],
  numberIn: (summary: Summary) => number | undefined,
): number | undefined {
  const values = summaries.map(numberIn);
  return values.every((value) => value !== undefined) ? median(values) : undefined;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
