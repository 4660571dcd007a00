import { InputError } from '../api/input-error.js';
import { type Condition, type Figures, firstLine } from './condition.js';
import { readCondition } from './live-figures.js';
import { parsePositiveDuration } from './schema-values.js';

/** What an expectation says about the whole time and not about its end. */
export interface Temporal {
  readonly operator: 'always' | 'eventually' | 'within';
  readonly condition: Condition;
  /** Of `within`: how soon. */
  readonly limitNs: number;
  /** Of `within` with three parts: what starts its clock each time it comes true; time zero without it. */
  readonly trigger: Condition | undefined;
}

/** An expectation with its operators over time taken out: their outcomes are the variables `over_time_N` of the rest. */
export interface TemporalSplit {
  readonly rest: string;
  readonly temporals: readonly Temporal[];
}

export function overTimeName(index: number): string {
  return `over_time_${index}`;
}

const CALL = /\b(always|eventually|within)\s*\(/;

/** Takes `always(…)`, `eventually(…)` and `within(…)` out of an expectation. Throws InputError. */
export function splitTemporals(expression: string): TemporalSplit {
  const temporals: Temporal[] = [];
  let rest = '';
  let left = expression;
  for (let call = CALL.exec(left); call !== null; call = CALL.exec(left)) {
    const open = call.index + call[0].length;
    const { parts, end } = readParts(left, open);
    rest += left.slice(0, call.index) + overTimeName(temporals.length);
    temporals.push(readTemporal(call[1] as Temporal['operator'], parts));
    left = left.slice(end);
  }
  return { rest: rest + left, temporals };
}

function readTemporal(operator: Temporal['operator'], parts: readonly string[]): Temporal {
  if (operator !== 'within') {
    if (parts.length !== 1)
      throw new InputError(`${operator} takes one condition`, { remedy: `write ${operator}(pods.running >= 3)` });
    return { operator, condition: readCondition(parts[0]!), limitNs: 0, trigger: undefined };
  }
  if (parts.length !== 2 && parts.length !== 3)
    throw new InputError('within takes a time and a condition', {
      remedy: 'write within(60s, pods.running >= 3), or within(60s, nodes.ready < 3, pods.running >= 3)',
    });
  return {
    operator,
    condition: readCondition(parts.at(-1)!),
    limitNs: parsePositiveDuration(parts[0]!),
    trigger: parts.length === 3 ? readCondition(parts[1]!) : undefined,
  };
}

/** The parts between the parentheses of a call, from behind the open one. Throws InputError without a closing one. */
function readParts(text: string, from: number): { parts: string[]; end: number } {
  const parts: string[] = [];
  let depth = 0;
  let start = from;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    } else if (')]}'.includes(char) && depth-- === 0) {
      return { parts: [...parts, text.slice(start, at).trim()], end: at + 1 };
    }
  }
  throw new InputError('a parenthesis is not closed', { remedy: 'write always(pods.running >= 3)' });
}

/** One of them over one run: it is shown the figures at one moment after another. */
export class TemporalWatch {
  private readonly temporal: Temporal;
  /** Why it is not so, once that is certain. */
  private failure: string | undefined;
  private met: boolean;
  /** Since when the condition is waited for; -1 while nothing starts the clock. */
  private sinceNs: number;
  private lastValues: string;

  constructor(temporal: Temporal) {
    this.temporal = temporal;
    this.failure = undefined;
    this.met = false;
    this.sinceNs = temporal.trigger === undefined ? 0 : -1;
    this.lastValues = '';
  }

  look(figures: Figures, timeNs: number): void {
    if (this.failure !== undefined || (this.met && this.temporal.trigger === undefined)) return;
    try {
      this.judge(figures, timeNs);
    } catch (error) {
      this.failure = firstLine(error);
    }
  }

  /** The run is over: why it was not so, or undefined if it was. */
  end(timeNs: number): string | undefined {
    if (this.failure !== undefined) return this.failure;
    const { operator } = this.temporal;
    if (operator === 'always' || this.met) return undefined;
    if (operator === 'eventually') return `never so; at the end, ${at(timeNs)}, ${this.lastValues}`;
    return this.sinceNs < 0 ? undefined : `the run ended at ${at(timeNs)}, before it was so: ${this.lastValues}`;
  }

  private judge(figures: Figures, timeNs: number): void {
    const { operator, condition } = this.temporal;
    const holds = condition.holds(figures);
    if (!holds) this.lastValues = condition.valuesIn(figures);
    if (operator === 'always') {
      if (!holds) this.failure = `false at ${at(timeNs)}: ${this.lastValues}`;
    } else if (operator === 'eventually') this.met = holds;
    else this.judgeWithin(holds, figures, timeNs);
  }

  private judgeWithin(holds: boolean, figures: Figures, timeNs: number): void {
    const { trigger, limitNs } = this.temporal;
    if (this.sinceNs < 0 && trigger?.holds(figures) === true) this.sinceNs = timeNs;
    if (this.sinceNs < 0) return;
    if (timeNs - this.sinceNs > limitNs) this.failure = `false at ${at(this.sinceNs + limitNs)}: ${this.lastValues}`;
    else if (holds) {
      this.met = trigger === undefined;
      this.sinceNs = -1;
    }
  }
}

function at(timeNs: number): string {
  return `${Number((timeNs / 1e9).toFixed(3))} s`;
}
