import { describe, expect, it } from 'vitest';
import { CONTROLLER_REVISION_HASH } from '../../../../src/api/controller-revision.js';
import type { DaemonSetSpec } from '../../../../src/api/daemon-set.js';
import type { Pod } from '../../../../src/api/pod.js';
import { planNode } from '../../../../src/spokes/controllers/daemonset/node-plan.js';
import { rollingUpdate } from '../../../../src/spokes/controllers/daemonset/rolling-update.js';
import { rolloutLimits } from '../../../../src/spokes/controllers/daemonset/rollout-limits.js';
import { type Sample, samplePod } from '../sample-pod.js';
import { lookAt, sampleNode } from './daemon-nodes.js';

const SPEC: DaemonSetSpec = {
  selector: {},
  template: { labels: {}, annotations: {}, shape: samplePod('t').spec.shape },
  nodeName: '',
  updateStrategy: 'RollingUpdate',
  maxUnavailable: 1,
  maxSurge: 0,
  minReadySeconds: 0,
  revisionHistoryLimit: 10,
};
const SURGING: DaemonSetSpec = { ...SPEC, maxUnavailable: 0, maxSurge: 1 };

let made = 0;

function daemon(nodeName: string, hash: string, sample: Sample = {}): Pod {
  const labels = { [CONTROLLER_REVISION_HASH]: hash };
  return samplePod(`${hash}-on-${nodeName}`, { id: made++, nodeName, ...sample, meta: { labels, ...sample.meta } });
}

function step(spec: DaemonSetSpec, pods: readonly Pod[], wanted: readonly string[]): unknown {
  const nodes = wanted.map((name) => sampleNode(name));
  const { doomed, newNodes } = rollingUpdate(spec, lookAt(spec, 'new', nodes, pods));
  return { doomed: doomed.map((pod) => pod.metadata.name), newNodes };
}

const NOT_READY: Sample = { status: { ready: false } };

describe('a rolling update that deletes first', () => {
  it('stops as many old pods as may be unavailable', () => {
    const pods = [daemon('a', 'old'), daemon('b', 'old'), daemon('c', 'old')];
    expect(step({ ...SPEC, maxUnavailable: 2 }, pods, ['a', 'b', 'c'])).toEqual({
      doomed: ['old-on-a', 'old-on-b'],
      newNodes: [],
    });
  });

  it('replaces unavailable old pods whatever the limit', () => {
    const pods = [daemon('a', 'old', NOT_READY), daemon('b', 'old', NOT_READY), daemon('c', 'old')];
    expect(step(SPEC, pods, ['a', 'b', 'c'])).toEqual({ doomed: ['old-on-a', 'old-on-b'], newNodes: [] });
  });

  it('counts nodes without a pod as unavailable', () => {
    expect(step(SPEC, [daemon('a', 'old')], ['a', 'b'])).toEqual({ doomed: [], newNodes: [] });
  });
});

describe('a rolling update that creates first', () => {
  it('puts a new pod beside at most maxSurge old ones', () => {
    const pods = [daemon('a', 'old'), daemon('b', 'old')];
    expect(step(SURGING, pods, ['a', 'b'])).toEqual({ doomed: [], newNodes: ['a'] });
  });

  it('deletes the old pod once the new one is available, and waits until then', () => {
    const pods = [daemon('a', 'old'), daemon('a', 'new'), daemon('b', 'old')];
    expect(step(SURGING, pods, ['a', 'b'])).toEqual({ doomed: ['old-on-a'], newNodes: ['b'] });
    const waiting = [daemon('a', 'old'), daemon('a', 'new', NOT_READY), daemon('b', 'old')];
    expect(step(SURGING, waiting, ['a', 'b'])).toEqual({ doomed: [], newNodes: [] });
  });

  it('replaces unavailable old pods whatever the limit', () => {
    const pods = [daemon('a', 'old', NOT_READY), daemon('b', 'old', NOT_READY), daemon('c', 'old')];
    expect(step(SURGING, pods, ['a', 'b', 'c'])).toEqual({ doomed: [], newNodes: ['a', 'b', 'c'] });
  });

  it('keeps the pod of a node that no longer counts until another is available elsewhere', () => {
    const pods = [daemon('gone', 'old'), daemon('b', 'new', NOT_READY)];
    expect(step(SURGING, pods, ['b'])).toEqual({ doomed: [], newNodes: [] });
    expect(step(SURGING, [daemon('gone', 'old'), daemon('b', 'new')], ['b'])).toEqual({
      doomed: ['old-on-gone'],
      newNodes: [],
    });
  });
});

describe('the limits of a rolling update', () => {
  it('round up, and let one be unavailable where both are zero', () => {
    expect(rolloutLimits({ ...SPEC, maxUnavailable: '10%', maxSurge: '1%' }, 15)).toEqual({
      maxSurge: 1,
      maxUnavailable: 2,
    });
    expect(rolloutLimits({ ...SPEC, maxUnavailable: 0 }, 5)).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  });
});

describe('a node', () => {
  const eligibility = { shouldRun: true, shouldContinueRunning: true };
  const plan = (spec: DaemonSetSpec, pods: readonly Pod[], inBackoff = false): unknown => {
    const { doomed, ...rest } = planNode(spec, { eligibility, pods, inBackoff }, 'new', 0);
    return { ...rest, doomed: doomed.map((pod) => pod.metadata.name) };
  };

  it('keeps only its oldest pod', () => {
    const younger = daemon('a', 'new', { meta: { labels: {}, creationTimestampNs: 5 } });
    expect(plan(SPEC, [younger, daemon('a', 'old')])).toMatchObject({ doomed: ['new-on-a'] });
  });

  it('loses a failed pod, unless too many have failed there lately', () => {
    const failed = [daemon('a', 'old', { status: { phase: 'Failed', ready: false } })];
    expect(plan(SPEC, failed)).toEqual({ creates: false, killsFailed: true, heldBack: false, doomed: ['old-on-a'] });
    expect(plan(SPEC, failed, true)).toEqual({ creates: false, killsFailed: false, heldBack: true, doomed: [] });
  });

  it('keeps an old and a new pod while surging, until one of them can do without the other', () => {
    const old = daemon('a', 'old');
    expect(plan(SURGING, [old, daemon('a', 'new', NOT_READY)])).toMatchObject({ doomed: [] });
    expect(plan(SURGING, [old, daemon('a', 'new')])).toMatchObject({ doomed: ['old-on-a'] });
    const sick = daemon('a', 'old', NOT_READY);
    expect(plan(SURGING, [sick, daemon('a', 'new', NOT_READY)])).toMatchObject({ doomed: ['old-on-a'] });
  });
});
