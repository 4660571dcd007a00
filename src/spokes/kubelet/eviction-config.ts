import { unitsOf } from '../../api/amount.js';
import { InputError } from '../../api/input-error.js';
import type { Metered } from './container-usage.js';

/** What the kubelet watches; a node has one disk, so that pods and images share it. */
export const EVICTION_SIGNALS = [
  'memory.available',
  'nodefs.available',
  'nodefs.inodesFree',
  'imagefs.available',
  'imagefs.inodesFree',
  'pid.available',
] as const;
export type EvictionSignal = (typeof EVICTION_SIGNALS)[number];

/** What each is about. */
export const SIGNAL_METERED: Readonly<Record<EvictionSignal, Metered>> = {
  'memory.available': 'memory',
  'nodefs.available': 'disk',
  'nodefs.inodesFree': 'inodes',
  'imagefs.available': 'disk',
  'imagefs.inodesFree': 'inodes',
  'pid.available': 'pids',
};

/** So much must be left: bytes or a number, or a fraction of the node's capacity. */
export type ThresholdValue = { readonly bytes: number } | { readonly fraction: number };

export type BySignal<T> = { readonly [Signal in EvictionSignal]?: T | undefined };

/** When and how pods are evicted; names as in the KubeletConfiguration. */
export interface EvictionConfig {
  readonly evictionHard: BySignal<ThresholdValue>;
  readonly evictionSoft: BySignal<ThresholdValue>;
  /** How long a soft threshold must have been met, ns. */
  readonly evictionSoftGracePeriod: BySignal<number>;
  /** Beyond the threshold so much more must be free before it counts as over. */
  readonly evictionMinimumReclaim: BySignal<ThresholdValue>;
  /** Seconds that pods have to end, at most, when a soft threshold was met. */
  readonly evictionMaxPodGracePeriod: number;
  /** A node is said to be under pressure for so long after it was last. */
  readonly evictionPressureTransitionPeriodNs: number;
}

/** What Kubernetes does when nobody says anything (pkg/kubelet/eviction/defaults_linux.go). */
export const EVICTION_DEFAULTS: EvictionConfig = {
  evictionHard: {
    'memory.available': { bytes: 100 * 2 ** 20 },
    'nodefs.available': { fraction: 0.1 },
    'nodefs.inodesFree': { fraction: 0.05 },
    'imagefs.available': { fraction: 0.15 },
    'imagefs.inodesFree': { fraction: 0.05 },
  },
  evictionSoft: {},
  evictionSoftGracePeriod: {},
  evictionMinimumReclaim: {},
  evictionMaxPodGracePeriod: 0,
  evictionPressureTransitionPeriodNs: 300e9,
};

/** Reads `500Mi` or `10%`; throws InputError. */
export function parseThreshold(text: string): ThresholdValue {
  const percent = /^([0-9]+(?:\.[0-9]+)?)%$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { fraction: Number(percent) / 100 };
  if (percent !== undefined)
    throw new InputError(`${text} is more than there is`, { value: text, remedy: 'write at most 100%' });
  return { bytes: unitsOf(text) };
}

/** The value in bytes on a machine with this capacity. */
export function thresholdBytes(value: ThresholdValue, capacity: number): number {
  return 'bytes' in value ? value.bytes : Math.floor(value.fraction * capacity);
}
