import { parseInt64 } from './int64.js';

export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: TaintEffect;
  /** Virtual time at which the taint was added; only NoExecute taints have it. */
  readonly timeAddedNs?: number;
}

export const NO_TAINTS: readonly Taint[] = Object.freeze([]);

export interface Toleration {
  /** `''` stands for all keys. */
  readonly key: string;
  /** Anything else never matches; `Lt` and `Gt` are behind a gate that is off in 1.36. */
  readonly operator: '' | 'Equal' | 'Exists' | 'Lt' | 'Gt' | (string & {});
  readonly value: string;
  /** `''` stands for all effects. */
  readonly effect: '' | TaintEffect;
  /** How long a NoExecute taint is tolerated; -1 is forever. */
  readonly tolerationSeconds: number;
}

export const NO_TOLERATIONS: readonly Toleration[] = Object.freeze([]);

/**
 * Whether one toleration covers one taint (api/core/v1 Toleration.ToleratesTaint). `comparisons` stands for the gate
 * TaintTolerationComparisonOperators, without which `Lt` and `Gt` never match.
 */
export function tolerates(toleration: Toleration, taint: Taint, comparisons = false): boolean {
  if (toleration.effect !== '' && toleration.effect !== taint.effect) return false;
  if (toleration.key !== '' && toleration.key !== taint.key) return false;
  switch (toleration.operator) {
    case '':
    case 'Equal':
      return toleration.value === taint.value;
    case 'Exists':
      return true;
    case 'Lt':
    case 'Gt':
      return comparisons && compares(toleration, taint);
    default:
      return false;
  }
}

function compares(toleration: Toleration, taint: Taint): boolean {
  const bound = decimalInteger(toleration.value);
  const value = decimalInteger(taint.value);
  if (bound === undefined || value === undefined) return false;
  return toleration.operator === 'Lt' ? value < bound : value > bound;
}

/** A 64-bit integer without plus sign or leading zeros (content.IsDecimalInteger). */
function decimalInteger(text: string): bigint | undefined {
  return /^(0|-?[1-9][0-9]*)$/.test(text) ? parseInt64(text) : undefined;
}

/** Whether any of the tolerations covers the taint. */
export function toleratesAny(tolerations: readonly Toleration[], taint: Taint): boolean {
  for (const toleration of tolerations) if (tolerates(toleration, taint)) return true;
  return false;
}

/** Effects that keep a pod off a node; PreferNoSchedule only counts when scoring. */
export function repels(taint: Taint): boolean {
  return taint.effect === 'NoSchedule' || taint.effect === 'NoExecute';
}

/** The first NoSchedule or NoExecute taint that no toleration covers (component-helpers FindMatchingUntoleratedTaint). */
export function firstUntoleratedTaint(taints: readonly Taint[], tolerations: readonly Toleration[]): Taint | undefined {
  for (const taint of taints) if (repels(taint) && !toleratesAny(tolerations, taint)) return taint;
  return undefined;
}
