import { describe, expect, it } from 'vitest';
import { type JobSpec, type JobStatus, NEW_JOB_STATUS } from '../../../../src/api/job.js';
import type { Pod } from '../../../../src/api/pod.js';
import { NO_FAILURES } from '../../../../src/spokes/controllers/job/failure-backoff.js';
import { assessJob, type JobView } from '../../../../src/spokes/controllers/job/job-assessment.js';
import {
  COMPLETION_INDEX,
  INDEX_FAILURES,
  INDEX_IGNORED_FAILURES,
  TRACKING_FINALIZER,
} from '../../../../src/spokes/controllers/job/job-pod.js';
import { progressOfEnding, progressOfPlan } from '../../../../src/spokes/controllers/job/job-progress.js';
import { settleJob } from '../../../../src/spokes/controllers/job/job-settlement.js';
import { type JobTracking, trackPods } from '../../../../src/spokes/controllers/job/job-tracking.js';
import { planPods } from '../../../../src/spokes/controllers/job/pod-plan.js';
import { type Sample, samplePod } from '../sample-pod.js';

const SPEC: JobSpec = {
  managedBy: '',
  parallelism: 2,
  completions: 3,
  completionMode: 'NonIndexed',
  backoffLimit: 6,
  backoffLimitPerIndex: -1,
  maxFailedIndexes: -1,
  activeDeadlineSeconds: -1,
  ttlSecondsAfterFinished: -1,
  suspend: false,
  podReplacementPolicy: 'TerminatingOrFailed',
  podFailurePolicy: undefined,
  successPolicy: undefined,
  selector: {},
  template: { labels: {}, annotations: {}, shape: samplePod('t').spec.shape },
};

const STATUS: JobStatus = {
  active: 0,
  ready: 0,
  terminating: 0,
  succeeded: 0,
  failed: 0,
  completedIndexes: '',
  failedIndexes: undefined,
  uncounted: { succeeded: [], failed: [] },
  startTimeNs: 0,
  completionTimeNs: -1,
  conditions: [],
};

const INDEXED: Partial<JobSpec> = { completionMode: 'Indexed' };
const PER_INDEX: Partial<JobSpec> = { ...INDEXED, backoffLimitPerIndex: 2 };
const SUCCEEDED: Sample = { status: { phase: 'Succeeded', ready: false } };
const FAILED: Sample = { status: { phase: 'Failed', ready: false } };

function worker(id: number, sample: Sample = {}): Pod {
  const meta = { finalizers: [TRACKING_FINALIZER], ...sample.meta };
  return samplePod(`w-${id}`, { id, ...sample, meta });
}

function indexedWorker(id: number, index: number, sample: Sample = {}): Pod {
  const annotations = { [COMPLETION_INDEX]: `${index}`, ...sample.meta?.annotations };
  return worker(id, { ...sample, meta: { ...sample.meta, annotations } });
}

function view(spec: Partial<JobSpec>, pods: readonly Pod[], change: Partial<JobView> = {}): JobView {
  return {
    spec: { ...SPEC, ...spec },
    status: STATUS,
    deleting: false,
    pods,
    endOf: () => ({ finishedNs: 0, containers: [{ name: 'c', exitCode: 1 }], conditions: [] }),
    failures: NO_FAILURES,
    released: new Set(),
    nowNs: 0,
    ...change,
  };
}

function plan(spec: Partial<JobSpec>, pods: readonly Pod[], change: Partial<JobView> = {}): unknown {
  const seen = view(spec, pods, change);
  const { doomed, newPods, waitNs } = planPods(seen, assessJob(seen));
  return { doomed: doomed.map(({ id }) => id), newPods: newPods.map(({ index }) => index), waitNs };
}

function track(spec: Partial<JobSpec>, pods: readonly Pod[], change: Partial<JobView> = {}): JobTracking {
  const seen = view(spec, pods, change);
  const assessment = assessJob(seen);
  return trackPods(seen, assessment, progressOfPlan(seen.spec, seen.status, assessment, planPods(seen, assessment), 0));
}

describe('a job', () => {
  it('never runs more pods than are left to complete', () => {
    expect(plan({ parallelism: 9 }, [worker(1), worker(2, SUCCEEDED)])).toEqual({
      doomed: [],
      newPods: [-1],
      waitNs: -1,
    });
  });

  it('lets the others finish once one pod of a work queue has succeeded', () => {
    expect(plan({ completions: -1, parallelism: 5 }, [worker(1), worker(2, SUCCEEDED)])).toEqual({
      doomed: [],
      newPods: [],
      waitNs: -1,
    });
  });

  it('gives up the pods that have got least far', () => {
    const pods = [worker(1), worker(2, { status: { ready: false } }), worker(3, { nodeName: '' })];
    expect(plan({ parallelism: 1 }, pods)).toMatchObject({ doomed: [3, 2] });
  });

  it('deletes all of its pods when it is suspended, without counting them', () => {
    expect(plan({ suspend: true }, [worker(1), worker(2)])).toMatchObject({ doomed: [1, 2] });
  });

  it('waits for a terminating pod to end where failed pods are replaced only then', () => {
    const going = worker(1, { meta: { finalizers: [TRACKING_FINALIZER], deletionTimestampNs: 0 } });
    expect(plan({ parallelism: 1, podReplacementPolicy: 'Failed' }, [going])).toMatchObject({ newPods: [] });
    expect(plan({ parallelism: 1, backoffLimit: 1 }, [going], { nowNs: 10e9 })).toMatchObject({ newPods: [-1] });
  });

  it('ends when containers that restart in place have failed too often', () => {
    const { shape } = samplePod('t', { spec: { containers: [], restartPolicy: 'OnFailure' } }).spec;
    const template = { labels: {}, annotations: {}, shape };
    const restarted = [worker(1, { status: { restarts: 4 } }), worker(2, { status: { restarts: 2 } })];
    expect(assessJob(view({ template }, restarted)).end?.reason).toBe('BackoffLimitExceeded');
    expect(assessJob(view({ template, backoffLimit: 7 }, restarted)).end).toBeUndefined();
  });

  it('says how long it may still run', () => {
    expect(assessJob(view({ activeDeadlineSeconds: 30 }, [], { nowNs: 10e9 })).recheckDelayNs).toBe(20e9);
    expect(assessJob(view({}, [])).recheckDelayNs).toBe(-1);
  });

  it('notes when it started, though it runs no pods yet', () => {
    const fresh = track({ parallelism: 0 }, [], { status: NEW_JOB_STATUS, nowNs: 5e9 });
    expect(fresh).toMatchObject({ changed: true, status: { startTimeNs: 5e9, ready: 0 } });
    expect(track({ parallelism: 0 }, [], { status: fresh.status, nowNs: 9e9 }).changed).toBe(false);
  });

  it('is not over before its cache has seen every pod', () => {
    const seen = view({ activeDeadlineSeconds: 0 }, [worker(1)]);
    expect(progressOfEnding(STATUS, assessJob(seen), true, false).end).toBeUndefined();
    expect(progressOfEnding(STATUS, assessJob(seen), true, true)).toMatchObject({ active: 0, terminating: 1 });
  });
});

describe('an indexed job', () => {
  it('fills the lowest free indexes', () => {
    const pods = [indexedWorker(1, 1), indexedWorker(2, 0, SUCCEEDED)];
    expect(plan({ ...INDEXED, completions: 5, parallelism: 3 }, pods)).toMatchObject({ newPods: [2, 3] });
  });

  it('deletes pods without an index, with one too high, and second ones of an index', () => {
    const pods = [
      worker(1),
      indexedWorker(2, 7),
      indexedWorker(3, 0),
      indexedWorker(4, 0, { status: { ready: false } }),
    ];
    expect(plan(INDEXED, pods)).toEqual({ doomed: [1, 2, 4], newPods: [], waitNs: -1 });
  });

  it('lets each index wait for itself where failures are counted by index', () => {
    const failedTwice = { [INDEX_FAILURES]: '1' };
    const pods = [
      indexedWorker(1, 0, { ...FAILED, meta: { finalizers: [TRACKING_FINALIZER], annotations: failedTwice } }),
      indexedWorker(2, 1, FAILED),
    ];
    expect(plan(PER_INDEX, pods, { nowNs: 5e9 })).toMatchObject({ newPods: [], waitNs: 5e9 });
    expect(plan(PER_INDEX, pods, { nowNs: 10e9 })).toMatchObject({ newPods: [1], waitNs: -1 });
    expect(plan(PER_INDEX, pods, { nowNs: 20e9 })).toMatchObject({ newPods: [0, 1] });
  });

  it('tells a new pod how often its index has failed, and ignored failures apart', () => {
    const seen = view(PER_INDEX, [indexedWorker(1, 0, FAILED)], { nowNs: 60e9 });
    expect(planPods(seen, assessJob(seen)).newPods[0]?.annotations[INDEX_FAILURES]).toBe('1');
    const onExitCodes = { containerName: '', operator: 'In', values: [1] } as const;
    const podFailurePolicy = [{ action: 'Ignore', onExitCodes, onPodConditions: undefined }] as const;
    const forgiving = view({ ...PER_INDEX, podFailurePolicy }, [indexedWorker(1, 0, FAILED)], { nowNs: 60e9 });
    expect(planPods(forgiving, assessJob(forgiving)).newPods[0]?.annotations).toMatchObject({
      [INDEX_FAILURES]: '0',
      [INDEX_IGNORED_FAILURES]: '1',
    });
  });

  it('keeps the last failed pod of an index until its successor is there', () => {
    const failed = indexedWorker(1, 0, FAILED);
    expect(track(PER_INDEX, [failed]).releases).toEqual([]);
    expect(track(PER_INDEX, [failed, indexedWorker(2, 0)]).releases).toEqual([failed]);
  });
});

describe('a finished pod', () => {
  it('is named in the status before it loses its finalizer, and counted afterwards', () => {
    const tracking = track({}, [worker(7, SUCCEEDED)]);
    expect(tracking).toMatchObject({ changed: true, status: { succeeded: 0, uncounted: { succeeded: [7] } } });
    expect(settleJob(tracking, new Set([7]))).toMatchObject({ changed: false, status: { succeeded: 0 } });
    expect(settleJob(tracking, new Set())).toMatchObject({
      changed: true,
      finished: false,
      status: { succeeded: 1, uncounted: { succeeded: [] } },
    });
  });

  it('is counted once, though the cache still shows its finalizer', () => {
    const status = { ...STATUS, uncounted: { succeeded: [7], failed: [] } };
    const tracking = track({}, [worker(7, SUCCEEDED)], { status, released: new Set([7]) });
    expect(tracking).toMatchObject({ releases: [], status: { succeeded: 1, uncounted: { succeeded: [] } } });
  });

  it('waits for the next sync where there are more than five hundred', () => {
    const many = Array.from({ length: 600 }, (_, id) => worker(id, SUCCEEDED));
    const tracking = track({ completions: 600 }, many);
    expect(tracking.unfinished).toBe(true);
    expect(tracking.releases).toHaveLength(500);
    expect(settleJob(tracking, new Set()).finished).toBe(false);
  });
});
