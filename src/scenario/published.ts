import { evaluate } from '@marcbachmann/cel-js';
import type { Summary } from '../measure/summary.js';
import type { Published } from './config.js';

/** A figure of a run beside what somebody published for the real thing. */
export interface PublishedResult extends Published {
  /** The run's own; undefined where it has none. */
  readonly own: number | undefined;
}

/** The figures of a run that others have published; they are told, not judged. */
export function besidePublished(published: readonly Published[], summary: Summary): readonly PublishedResult[] {
  return published.map((one) => {
    try {
      const own = Number(evaluate(one.value, { ...summary }));
      return { ...one, own: Number.isFinite(own) ? own : undefined };
    } catch {
      return { ...one, own: undefined };
    }
  });
}
