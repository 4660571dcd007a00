import type { Metered } from './container-usage.js';
import {
  type BySignal,
  EVICTION_SIGNALS,
  type EvictionConfig,
  type EvictionSignal,
  SIGNAL_METERED,
  type ThresholdValue,
  thresholdBytes,
} from './eviction-config.js';
import type { Amounts, Observation } from './node-usage.js';
import { reachedInNs } from './reached-in.js';

/** One amount that must be left of a node, and how long it may be short of it. */
export class EvictionThreshold {
  /** What must be left. */
  readonly what: Metered;
  readonly isHard: boolean;
  /** 0 where it is hard. */
  readonly graceNs: number;
  private readonly value: ThresholdValue;
  private readonly reclaim: ThresholdValue;

  constructor(
    signal: EvictionSignal,
    isHard: boolean,
    graceNs: number,
    value: ThresholdValue,
    reclaim: ThresholdValue,
  ) {
    this.what = SIGNAL_METERED[signal];
    this.isHard = isHard;
    this.graceNs = graceNs;
    this.value = value;
    this.reclaim = reclaim;
  }

  /** Whether too little is left; once it was `due`, the minimum to reclaim must be free as well (helpers.go thresholdsMet). */
  isMet(observed: Observation, due: boolean): boolean {
    const { capacity, left } = this.of(observed);
    const reclaim = due ? thresholdBytes(this.reclaim, capacity) : 0;
    return left < thresholdBytes(this.value, capacity) + reclaim;
  }

  /** How long until it is met, if usage grows by so many bytes a second; 0 if it is, Infinity if it never will be. */
  untilMetNs(observed: Observation, growth: Readonly<Amounts>): number {
    const { capacity, left } = this.of(observed);
    const spare = left - thresholdBytes(this.value, capacity);
    return reachedInNs(spare, growth[this.what]);
  }

  private of({ capacity, used }: Observation): { capacity: number; left: number } {
    const all = capacity[this.what];
    return { capacity: all, left: all - used[this.what] };
  }
}

const NOTHING: ThresholdValue = { bytes: 0 };

/** All thresholds, memory's first: it is reclaimed before anything else (helpers.go byEvictionPriority). */
export function thresholdsOf(config: EvictionConfig): readonly EvictionThreshold[] {
  const of = (values: BySignal<ThresholdValue>, isHard: boolean): EvictionThreshold[] =>
    EVICTION_SIGNALS.flatMap((signal) => {
      const value = values[signal];
      const graceNs = isHard ? 0 : (config.evictionSoftGracePeriod[signal] ?? 0);
      const reclaim = config.evictionMinimumReclaim[signal] ?? NOTHING;
      return value === undefined ? [] : [new EvictionThreshold(signal, isHard, graceNs, value, reclaim)];
    });
  const all = [...of(config.evictionHard, true), ...of(config.evictionSoft, false)];
  const isMemory = ({ what }: EvictionThreshold): boolean => what === 'memory';
  return [...all.filter(isMemory), ...all.filter((one) => !isMemory(one))];
}
