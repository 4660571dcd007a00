import { InputError } from '../../api/input-error.js';
import type { Curve } from '../../report/charts/validation-chart.js';

/** What kind of figure it is, which decides how near the simulation must come (README of the measurements). */
export const FIGURE_KINDS = ['rate', 'cpu', 'latency', 'count', 'phase'] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** One measured figure. */
export interface Figure {
  /** Path within `summary.json`: `pods.createdAt.p100`. */
  readonly path: string;
  readonly kind: FigureKind;
  /** One per repetition. */
  readonly values: readonly number[];
  readonly median: number;
  /** For `phase`: smallest and largest value that is right. */
  readonly range: readonly [number, number] | undefined;
}

/** Counts of one sort of request, one per repetition. */
export interface MeasuredRequests {
  readonly verb: string;
  readonly resource: string;
  readonly subresource: string;
  readonly code: number;
  readonly count: readonly number[];
}

/** `measured.json`, as far as it is compared. */
export interface Measured {
  /** How often the case was measured, at least once. */
  readonly repetitions: number;
  readonly figures: readonly Figure[];
  readonly requests: readonly MeasuredRequests[];
  /** How long after time zero processor time and requests were counted; `undefined` = to the end of the scenario. */
  readonly windowSeconds: number | undefined;
  /** Cores that programs which are no part of the case took of the machine meanwhile, on average. */
  readonly otherCores: number;
  /** Pods in each state, or answers, over time; for charts. */
  readonly curves: Readonly<Record<string, Curve>>;
}

/** Reads `measured.json`; throws InputError when it is not one. */
export function parseMeasured(text: string, file: string): Measured {
  try {
    const raw = JSON.parse(text) as {
      figures: Record<string, { kind: FigureKind; values: number[]; median: number; range?: [number, number] }>;
      requests?: MeasuredRequests[];
      curves?: Record<string, Curve>;
      background?: { load?: { wall_s?: number; other_cpu_s?: number } };
    };
    const figures = Object.entries(raw.figures).map(([path, figure]): Figure => {
      if (!FIGURE_KINDS.includes(figure.kind)) throw new Error(`${path} has the unknown kind ${figure.kind}`);
      return { path, kind: figure.kind, values: figure.values, median: figure.median, range: figure.range };
    });
    const { requests = [], curves = {}, background } = raw;
    const { wall_s: windowSeconds, other_cpu_s: otherSeconds = 0 } = background?.load ?? {};
    const otherCores = windowSeconds === undefined ? 0 : Math.max(otherSeconds / windowSeconds, 0);
    const repetitions = Math.max(1, ...figures.map(({ values }) => values.length));
    return { repetitions, figures, requests, curves, windowSeconds, otherCores };
  } catch (error) {
    throw new InputError(`not a file of measurements: ${(error as Error).message}`, { file });
  }
}
