import { InputError } from '../api/input-error.js';
import { type Estimate, estimate } from '../stats/estimate.js';

/** What shall hold of the mean of a figure: `convergence.seconds < 60`. */
export interface Condition {
  readonly figure: string;
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly threshold: number;
}

const CONDITION = /^\s*([A-Za-z][\w.-]*)\s*(<=|>=|<|>)\s*(-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?)\s*$/;

/** Throws InputError. */
export function parseCondition(text: string): Condition {
  const match = CONDITION.exec(text);
  if (match !== null)
    return { figure: match[1]!, operator: match[2] as Condition['operator'], threshold: Number(match[3]) };
  throw new InputError(`${JSON.stringify(text)} is no condition`, {
    value: text,
    remedy: "write a figure, <, <=, > or >=, and a number: 'convergence.seconds < 60'",
  });
}

/** Whether a condition holds of some runs. */
export interface Verdict extends Estimate {
  readonly holds: boolean;
  /** The interval does not cross the threshold. */
  readonly sure: boolean;
  /** Runs without the figure: a condition does not hold where one of them has none. */
  readonly missing: number;
}

export function judgeRuns({ operator, threshold }: Condition, values: readonly (number | undefined)[]): Verdict {
  const measured = values.filter((value) => value !== undefined);
  const known = estimate(measured);
  const missing = values.length - measured.length;
  if (missing > 0) return { ...known, holds: false, sure: true, missing };
  const less = operator.startsWith('<');
  const onEdge = operator.endsWith('=');
  const holds = known.mean === threshold ? onEdge : known.mean < threshold === less;
  const sure = known.halfWidth === 0 || known.high < threshold || known.low > threshold;
  return { ...known, holds, sure, missing };
}
