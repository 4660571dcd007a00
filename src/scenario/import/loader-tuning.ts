import { type JsonObject, objectAt } from '../../api/json.js';
import { parsePositiveDuration } from '../schema-values.js';

/** How fast a phase of ClusterLoader2 goes: the keys of a load, and the nanoseconds between two of so many actions. */
export interface Pace {
  readonly load: JsonObject;
  readonly gapNs: (actions: number) => number;
  /** What is not quite as there. */
  readonly note?: string;
}

/** A key whatever its capitals: ClusterLoader2 reads YAML as Go does. */
export function loose(object: JsonObject | undefined, key: string): unknown {
  const found = Object.keys(object ?? {}).find((one) => one.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : object![found];
}

function part(object: JsonObject, key: string): JsonObject | undefined {
  const found = Object.keys(object).find((one) => one.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : objectAt(object, found);
}

/** A tuning set as a load; undefined for one that there is nothing for. */
export function paceOf(set: JsonObject): Pace | undefined {
  const steady = part(set, 'qpsLoad') ?? part(set, 'globalQPSLoad');
  if (steady !== undefined) return open(Number(loose(steady, 'qps')), String(loose(steady, 'qps')));
  const random = part(set, 'randomizedLoad');
  if (random !== undefined) {
    const qps = Number(loose(random, 'averageQps'));
    return open(qps, `poisson(rate=${qps})`);
  }
  const poisson = part(set, 'poissonLoad');
  if (poisson !== undefined) {
    const qps = Number(loose(poisson, 'expectedActionsPerSecond'));
    return open(qps, `poisson(rate=${qps})`);
  }
  const stepped = part(set, 'steppedLoad');
  if (stepped !== undefined) {
    const burst = Number(loose(stepped, 'burstSize'));
    const delay = String(loose(stepped, 'stepDelay'));
    return {
      load: { load: 'open', rate: `stepped(burst=${burst}, every=${delay})` },
      gapNs: () => parsePositiveDuration(delay) / burst,
    };
  }
  const even = part(set, 'timeLimitedLoad');
  const anyhow = part(set, 'randomizedTimeLimitedLoad');
  const limited = even ?? anyhow;
  if (limited !== undefined) {
    const limit = String(loose(limited, 'timeLimit'));
    const pace = {
      load: { load: 'open', rate: `spread(over=${limit})` },
      gapNs: (actions: number) => parsePositiveDuration(limit) / Math.max(actions, 1),
    };
    return anyhow === undefined ? pace : { ...pace, note: 'random moments are spread evenly' };
  }
  const parallel = part(set, 'parallelismLimitedLoad');
  if (parallel === undefined) return undefined;
  return { load: { load: 'closed', clients: Number(loose(parallel, 'parallelismLimit')) }, gapNs: () => 0 };
}

function open(qps: number, rate: string): Pace {
  return { load: { load: 'open', rate: /^[0-9.]+$/.test(rate) ? Number(rate) : rate }, gapNs: () => 1e9 / qps };
}
