import { describe, expect, it } from 'vitest';
import { CONTROLLER_REVISION_HASH } from '../../../../src/api/controller-revision.js';
import type { Pod } from '../../../../src/api/pod.js';
import type { StatefulSetSpec } from '../../../../src/api/stateful-set.js';
import {
  planStatefulSet,
  type StatefulSetView,
} from '../../../../src/spokes/controllers/statefulset/stateful-set-plan.js';
import { type Sample, samplePod } from '../sample-pod.js';

const SPEC: StatefulSetSpec = {
  replicas: 3,
  selector: {},
  template: { labels: {}, annotations: {}, shape: samplePod('t').spec.shape },
  serviceName: 'db',
  podManagementPolicy: 'OrderedReady',
  updateStrategy: 'RollingUpdate',
  partition: 0,
  maxUnavailable: 1,
  minReadySeconds: 0,
  firstOrdinal: 0,
  revisionHistoryLimit: 10,
};

function member(ordinal: number, revision: string, sample: Sample = {}): Pod {
  return samplePod(`db-${ordinal}`, {
    ...sample,
    meta: { labels: { [CONTROLLER_REVISION_HASH]: revision }, ...sample.meta },
  });
}

function actions(spec: Partial<StatefulSetSpec>, pods: readonly Pod[], view: Partial<StatefulSetView> = {}): unknown {
  const plan = planStatefulSet({
    spec: { ...SPEC, ...spec },
    currentReplicas: 0,
    deleting: false,
    pods,
    revisions: { current: 'old', update: 'new' },
    nowNs: 0,
    honoursMaxUnavailable: false,
    ...view,
  });
  return plan.stages
    .flat()
    .filter((action) => action !== undefined)
    .map((each) => (each.verb === 'create' ? `+${each.ordinal} ${each.revision}` : `-${each.pod.metadata.name}`));
}

describe('a stateful set', () => {
  it('makes the next pod only when the one before has been ready for long enough', () => {
    const pods = [member(0, 'new')];
    expect(actions({ minReadySeconds: 10 }, pods, { nowNs: 9e9 })).toEqual([]);
    expect(actions({ minReadySeconds: 10 }, pods, { nowNs: 10e9 })).toEqual(['+1 new']);
  });

  it('does nothing while it is being deleted', () => {
    expect(actions({}, [], { deleting: true })).toEqual([]);
  });

  it('makes the pods of a running update from the old revision where no rollingUpdate is given', () => {
    expect(actions({ partition: -1, podManagementPolicy: 'Parallel' }, [], { currentReplicas: 1 })).toEqual([
      '+0 old',
      '+1 new',
      '+2 new',
    ]);
  });

  it('replaces as many as maxUnavailable allows where that gate is on', () => {
    const pods = [member(0, 'old'), member(1, 'old'), member(2, 'old')];
    const parallel = { podManagementPolicy: 'Parallel', maxUnavailable: '67%' } as const;
    expect(actions(parallel, pods)).toEqual(['-db-2']);
    expect(actions(parallel, pods, { honoursMaxUnavailable: true })).toEqual(['-db-2', '-db-1']);
  });

  it('counts an unavailable pod against maxUnavailable', () => {
    const pods = [member(0, 'old', { status: { ready: false } }), member(1, 'old'), member(2, 'old')];
    const parallel = { podManagementPolicy: 'Parallel', maxUnavailable: 2 } as const;
    expect(actions(parallel, pods, { honoursMaxUnavailable: true })).toEqual(['-db-2']);
  });

  it('leaves pods of an old revision alone with OnDelete', () => {
    const pods = [member(0, 'old'), member(1, 'old'), member(2, 'old')];
    expect(actions({ updateStrategy: 'OnDelete', partition: -1 }, pods)).toEqual([]);
  });

  it('keeps a slot for every pod, so that slow start counts those that are there already', () => {
    const plan = planStatefulSet({
      spec: { ...SPEC, podManagementPolicy: 'Parallel' },
      currentReplicas: 0,
      deleting: false,
      pods: [member(0, 'new')],
      revisions: { current: 'new', update: 'new' },
      nowNs: 0,
      honoursMaxUnavailable: false,
    });
    expect(plan.stages[0]?.map((slot) => slot?.verb)).toEqual([undefined, 'create', 'create']);
  });
});
