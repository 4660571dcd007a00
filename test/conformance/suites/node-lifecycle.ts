import { toleration } from '../../../src/api/build-shape.js';
import type { TolerationManifest } from '../../../src/api/pod-manifest.js';
import type { Taint, TaintEffect } from '../../../src/api/taint.js';
import { evictionRate, zoneState } from '../../../src/spokes/controllers/node-lifecycle/zone-state.js';
import { evictionDelayNs } from '../../../src/spokes/controllers/taint-eviction/eviction-delay.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const nodeLifecycle: Suite = { name: 'node-lifecycle', answer };

interface Constants {
  readonly defaults: {
    readonly evictionLimiterQPS: number;
    readonly largeClusterThreshold: number;
    readonly secondaryEvictionLimiterQPS: number;
    readonly unhealthyZoneThreshold: number;
  };
}

function answer({ tags, input }: Case, constants: unknown): unknown {
  const { defaults } = constants as Constants;
  switch (tags[0]) {
    case 'zoneState':
      return answerZoneState(input as ZoneInput, defaults);
    case 'tolerationTime':
      return answerTolerationTime(input as TolerationInput);
    default:
      return new Skip(`unknown question ${tags[0]}`);
  }
}

interface ZoneInput {
  readonly ready: number;
  readonly notReady: number;
  readonly unknown: number;
  readonly missing: number;
}

const STATES = {
  initial: '',
  normal: 'Normal',
  partialDisruption: 'PartialDisruption',
  fullDisruption: 'FullDisruption',
};

function answerZoneState(input: ZoneInput, defaults: Constants['defaults']): unknown {
  const notReady = input.notReady + input.unknown + input.missing;
  const state = zoneState({ ready: input.ready, notReady }, defaults.unhealthyZoneThreshold);
  const rate = evictionRate(state, input.ready + notReady, {
    nodeEvictionRate: defaults.evictionLimiterQPS,
    secondaryNodeEvictionRate: defaults.secondaryEvictionLimiterQPS,
    largeClusterSizeThreshold: defaults.largeClusterThreshold,
    unhealthyZoneThreshold: defaults.unhealthyZoneThreshold,
  });
  return { state: STATES[state], notReadyNodes: notReady, evictionQPS: `${rate}` };
}

interface TolerationInput {
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: TaintEffect }[];
  readonly tolerations: readonly TolerationManifest[];
}

function answerTolerationTime(input: TolerationInput): unknown {
  const taints: Taint[] = input.taints.map((taint) => ({ ...taint, value: taint.value ?? '' }));
  const delayNs = evictionDelayNs(taints, input.tolerations.map(toleration));
  if (delayNs < 0) return { action: 'never' };
  return { action: delayNs === 0 ? 'delete' : 'after', seconds: delayNs / 1e9 };
}
