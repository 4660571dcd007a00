import { Constant } from './constant.js';
import type { Distribution } from './distribution.js';
import { DurationDistribution } from './duration-distribution.js';
import { Empirical } from './empirical.js';
import { Exponential } from './exponential.js';
import { Lognormal } from './lognormal.js';
import { Normal } from './normal.js';
import { Pareto } from './pareto.js';
import { Uniform } from './uniform.js';
import { Weibull } from './weibull.js';

/** Reads a value with its unit, such as `3ms`; throws an Error that says what is allowed. */
export type ValueParser = (text: string) => number;

/** One way to write a distribution: its parameters, those that are plain numbers, and what it makes of them. */
interface Form {
  readonly parameters: readonly string[];
  readonly plain: readonly string[];
  make(values: readonly number[], text: string): Distribution;
}

const FORMS: Readonly<Record<string, readonly Form[]>> = {
  uniform: [{ parameters: ['min', 'max'], plain: [], make: ([min, max], text) => new Uniform(min!, max!, text) }],
  exponential: [{ parameters: ['mean'], plain: [], make: ([mean], text) => new Exponential(mean!, text) }],
  normal: [{ parameters: ['mean', 'sd'], plain: [], make: ([mean, sd], text) => new Normal(mean!, sd!, text) }],
  lognormal: [
    { parameters: ['p50', 'p99'], plain: [], make: ([p50, p99], text) => Lognormal.ofPercentiles(p50!, p99!, text) },
    { parameters: ['mean', 'sd'], plain: [], make: ([mean, sd], text) => Lognormal.ofMoments(mean!, sd!, text) },
  ],
  pareto: [
    {
      parameters: ['scale', 'shape'],
      plain: ['shape'],
      make: ([scale, shape], text) => new Pareto(scale!, shape!, text),
    },
  ],
  weibull: [
    {
      parameters: ['scale', 'shape'],
      plain: ['shape'],
      make: ([scale, shape], text) => new Weibull(scale!, shape!, text),
    },
  ],
};

/**
 * A distribution of durations as a scenario writes it: `3ms`, `lognormal(p50=1ms, p99=5ms)`, `empirical(1ms:3, 5ms:1)`.
 * `parseValue` reads one duration. Samples are integers, not negative. Throws an Error that says what is wrong and what
 * is allowed.
 */
export function parseDistribution(text: string, parseValue: ValueParser): Distribution {
  return new DurationDistribution(parseExact(text.trim(), parseValue));
}

function parseExact(text: string, parseValue: ValueParser): Distribution {
  const call = /^([A-Za-z]+)\s*\((.*)\)$/s.exec(text);
  if (call === null) return new Constant(parseValue(text), text);
  const name = call[1]!;
  const parts = call[2]!.split(',').map((part) => part.trim());
  if (name === 'empirical') return parseEmpirical(parts, text, parseValue);
  const forms = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  if (forms === undefined)
    throw new Error(`unknown distribution "${name}"; write a plain value or one of ${allForms()}`);
  return parseForm(forms, name, parts, text, parseValue);
}

function parseForm(
  forms: readonly Form[],
  name: string,
  parts: readonly string[],
  text: string,
  parseValue: ValueParser,
): Distribution {
  const given = new Map<string, string>();
  for (const part of parts) {
    const [parameter = '', value = ''] = part.split('=').map((word) => word.trim());
    if (value === '' || given.has(parameter)) throw new Error(`"${text}": write it as ${written(name, forms)}`);
    given.set(parameter, value);
  }
  const form = forms.find(
    ({ parameters }) => parameters.length === given.size && parameters.every((parameter) => given.has(parameter)),
  );
  if (form === undefined) throw new Error(`"${text}": ${name} takes ${written(name, forms)}`);
  const values = form.parameters.map((parameter) => {
    const value = given.get(parameter)!;
    return form.plain.includes(parameter) ? parseNumber(value) : parseValue(value);
  });
  return form.make(values, text);
}

function parseEmpirical(parts: readonly string[], text: string, parseValue: ValueParser): Distribution {
  const values: number[] = [];
  const weights: number[] = [];
  for (const part of parts) {
    const [value = '', weight = '1'] = part.split(':').map((word) => word.trim());
    if (value === '')
      throw new Error(`"${text}": write it as empirical(VALUE:WEIGHT, …), such as empirical(1ms:3, 5ms:1)`);
    values.push(parseValue(value));
    weights.push(parseNumber(weight));
  }
  return new Empirical(values, weights, text);
}

function parseNumber(text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw new Error(`"${text}" is not a number; write one such as 0.5`);
  return value;
}

function allForms(): string {
  const forms = Object.entries(FORMS).map(([name, alternatives]) => written(name, alternatives));
  return `${forms.join(', ')}, empirical(VALUE:WEIGHT, …)`;
}

function written(name: string, forms: readonly Form[]): string {
  return forms
    .map(({ parameters }) => `${name}(${parameters.map((parameter) => `${parameter}=…`).join(', ')})`)
    .join(' or ');
}
