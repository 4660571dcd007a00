import { InputError } from '../../api/input-error.js';
import {
  type Arrivals,
  ConstantArrivals,
  PoissonArrivals,
  RampArrivals,
  SpreadArrivals,
  SteppedArrivals,
} from '../../spokes/load/arrivals.js';
import { parsePositiveDuration } from '../schema-values.js';
import { suggest } from '../suggest.js';

/** Requests a second that a load may come to: more is a mistake, and would never end. */
const RATE_MAX = 1e6;

interface Form {
  readonly parameters: readonly string[];
  readonly durations: readonly string[];
  readonly integers?: readonly string[];
  make(values: readonly number[], count: number): Arrivals;
}

const FORMS: Readonly<Record<string, Form>> = {
  constant: { parameters: ['rate'], durations: [], make: ([rate]) => new ConstantArrivals(rate!) },
  poisson: { parameters: ['rate'], durations: [], make: ([rate]) => new PoissonArrivals(rate!) },
  stepped: {
    parameters: ['burst', 'every'],
    durations: ['every'],
    integers: ['burst'],
    make: ([burst, every]) => new SteppedArrivals(burst!, every!),
  },
  ramp: {
    parameters: ['from', 'to', 'over'],
    durations: ['over'],
    make: ([from, to, over]) => new RampArrivals(from!, to!, over!),
  },
  spread: { parameters: ['over'], durations: ['over'], make: ([over], count) => new SpreadArrivals(over!, count) },
};

/** How fast an open load is. */
export interface Rate {
  /** Whether it depends on how many requests there are. */
  readonly needsCount: boolean;
  /** For one start of a load of so many requests. */
  arrivals(count: number): Arrivals;
}

/** `20`, `poisson(rate=20)`, `ramp(from=1, to=50, over=1m)`. Throws InputError. */
export function parseRate(text: string | number): Rate {
  if (typeof text === 'number' || /^[0-9.]+$/.test(text.trim())) {
    const rate = readRate(String(text));
    return { needsCount: false, arrivals: () => new ConstantArrivals(rate) };
  }
  const call = /^\s*([A-Za-z]+)\s*\((.*)\)\s*$/s.exec(text);
  const form = call === null || !Object.hasOwn(FORMS, call[1]!) ? undefined : FORMS[call[1]!];
  if (form === undefined)
    throw new InputError(`${JSON.stringify(text)} is no rate`, {
      remedy: `write a number of requests a second, or one of ${allForms()}`,
    });
  const values = readParameters(call![1]!, call![2]!, form);
  return { needsCount: form === FORMS.spread, arrivals: (count) => form.make(values, count) };
}

function readParameters(name: string, text: string, form: Form): number[] {
  const given = new Map<string, string>();
  for (const part of text.split(',')) {
    const [key = '', value = ''] = part.split('=').map((word) => word.trim());
    if (!form.parameters.includes(key))
      throw new InputError(`${name} has no ${JSON.stringify(key)}`, { remedy: suggest(key, form.parameters) });
    given.set(key, value);
  }
  return form.parameters.map((key) => {
    const value = given.get(key);
    if (value === undefined) throw new InputError(`${name} lacks ${key}=`, { remedy: `write ${written(name, form)}` });
    if (!form.durations.includes(key)) return form.integers?.includes(key) ? readInteger(value) : readRate(value);
    const durationNs = parsePositiveDuration(value);
    if (durationNs > 0) return durationNs;
    throw new InputError(`${key}=${value} is no time at all`, { remedy: 'write a duration such as 1s' });
  });
}

function readRate(text: string): number {
  const rate = Number(text);
  if (text !== '' && rate > 0 && rate <= RATE_MAX) return rate;
  throw new InputError(`${text} is no number of requests a second`, {
    remedy: `it is above 0 and at most ${RATE_MAX}`,
  });
}

function readInteger(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= RATE_MAX) return value;
  throw new InputError(`${text} is no number of requests`, { remedy: 'write a whole number from 1 on' });
}

function allForms(): string {
  return Object.entries(FORMS)
    .map(([name, form]) => written(name, form))
    .join(', ');
}

function written(name: string, { parameters }: Form): string {
  return `${name}(${parameters.map((parameter) => `${parameter}=…`).join(', ')})`;
}
