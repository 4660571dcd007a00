import { describe, expect, it } from 'vitest';
import type { ScalingRules } from '../../../../src/api/horizontal-pod-autoscaler.js';
import {
  asksMetrics,
  decideScale,
  type ScalingView,
} from '../../../../src/spokes/controllers/horizontal-pod-autoscaler/scaling-decision.js';

const RULES: ScalingRules = {
  policies: [{ type: 'Pods', value: 2, periodSeconds: 60 }],
  selectPolicy: 'Max',
  stabilizationWindowSeconds: 0,
};
const BEHAVIOR = { scaleUp: RULES, scaleDown: RULES };

function view(change: Partial<ScalingView> = {}): ScalingView {
  return {
    spec: { minReplicas: 2, maxReplicas: 10, behavior: undefined },
    currentReplicas: 4,
    history: undefined,
    nowNs: 0,
    downscaleStabilizationSeconds: 300,
    ...change,
  };
}

describe('an autoscaler', () => {
  it('leaves a target of none alone', () => {
    expect(asksMetrics(view({ currentReplicas: 0 }))).toBe(false);
    expect(decideScale(view({ currentReplicas: 0 }), 5).replicas).toBe(0);
  });

  it('forces a target into its bounds without asking for metrics', () => {
    expect(asksMetrics(view({ currentReplicas: 12 }))).toBe(false);
    expect(decideScale(view({ currentReplicas: 12 }), 3).replicas).toBe(10);
    expect(decideScale(view({ currentReplicas: 1 }), 9).replicas).toBe(2);
  });

  it('at most doubles, and shrinks only after five minutes of lower wishes', () => {
    expect(decideScale(view(), 100).replicas).toBe(8);
    const { history } = decideScale(view(), 4);
    expect(decideScale(view({ history, nowNs: 300e9 }), 2).replicas).toBe(4);
    expect(decideScale(view({ history, nowNs: 301e9 }), 2).replicas).toBe(2);
  });

  it('spends a policy once per period', () => {
    const spec = { minReplicas: 1, maxReplicas: 10, behavior: BEHAVIOR };
    const first = decideScale(view({ spec }), 10);
    expect(first.replicas).toBe(6);
    const soon = view({ spec, currentReplicas: 6, history: first.history, nowNs: 30e9 });
    expect(decideScale(soon, 10).replicas).toBe(6);
    expect(decideScale({ ...soon, nowNs: 60e9 }, 10).replicas).toBe(8);
  });

  it('does not move at all in a direction that is disabled', () => {
    const behavior = { ...BEHAVIOR, scaleDown: { ...RULES, selectPolicy: 'Disabled' } } as const;
    expect(decideScale(view({ spec: { minReplicas: 1, maxReplicas: 10, behavior } }), 1).replicas).toBe(4);
  });

  it('counts changes of the other direction as long as its own policies look back', () => {
    const scaleUp = { ...RULES, policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }] } as const;
    const scaleDown = { ...RULES, policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }] } as const;
    const spec = { minReplicas: 1, maxReplicas: 100, behavior: { scaleUp, scaleDown } };
    const looks = [
      { currentReplicas: 4, nowNs: 0, proposed: 6 },
      { currentReplicas: 6, nowNs: 10e9, proposed: 8 },
      { currentReplicas: 8, nowNs: 60e9, proposed: 12 },
    ];
    let history: ScalingView['history'];
    for (const { proposed, ...look } of looks) ({ history } = decideScale(view({ spec, history, ...look }), proposed));
    // The growth from 6 to 8 gave its place to that from 8 to 12; the one before it still counts.
    expect(decideScale(view({ spec, currentReplicas: 12, history, nowNs: 61e9 }), 1).replicas).toBe(5);
  });
});
