import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/api/job.js';
import { JOB, POD } from '../../../src/api/kind.js';
import { completionIndex } from '../../../src/spokes/controllers/job/job-pod.js';
import { WholeCluster } from './whole-cluster.js';

interface Task {
  readonly after?: string;
  readonly code?: number;
}

function manifest(spec: string, { after = '2s', code = 0 }: Task = {}): string {
  return `apiVersion: batch/v1
kind: Job
metadata: { name: job }
spec:
  ${spec}
  template:
    metadata: { labels: { app: job }, annotations: { hubsim/exit-after: "${after}", hubsim/exit-code: "${code}" } }
    spec: { restartPolicy: Never, terminationGracePeriodSeconds: 1, containers: [ { name: c, image: task } ] }
`;
}

function status(cluster: WholeCluster) {
  return cluster.stored<Job>(JOB, 'job').status;
}

/** The conditions that hold, with their reasons. */
function ends(cluster: WholeCluster): readonly string[] {
  const held = status(cluster).conditions.filter((each) => each.status === 'True');
  return held.map(({ type, reason }) => `${type}:${reason}`);
}

/** Seconds at which pods were created. */
function creations(cluster: WholeCluster): number[] {
  const at: number[] = [];
  const startNs = cluster.engine.nowNs;
  cluster.measurements.onCommit = ({ type, object, committedNs }) => {
    if (type === 'ADDED' && object.kind === POD) at.push((committedNs - startNs) / 1e9);
  };
  return at;
}

const COMPLETE = ['SuccessCriteriaMet:CompletionsReached', 'Complete:CompletionsReached'];

describe('the Job controller', () => {
  it('leaves a Job to whoever it says manages it, and takes one that names itself', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest('managedBy: example.com/queue'));
    cluster.runTo(30);
    expect([cluster.podsOf(JOB), status(cluster).active]).toEqual([[], 0]);
    const own = new WholeCluster();
    own.apply(manifest('managedBy: kubernetes.io/job-controller'));
    own.runTo(30);
    expect(ends(own)).toEqual(COMPLETE);
  });

  it('runs so many pods at a time until so many have succeeded, a second of waiting after each round', () => {
    const cluster = new WholeCluster();
    const at = creations(cluster);
    cluster.apply(manifest('completions: 25\n  parallelism: 10'));
    cluster.runTo(60);
    expect(at).toHaveLength(25);
    expect([at[0], at[10], at[20]].map((seconds) => Math.round(seconds!))).toEqual([0, 3, 6]);
    expect(status(cluster)).toMatchObject({ succeeded: 25, failed: 0, active: 0 });
    expect(ends(cluster)).toEqual(COMPLETE);
    expect(cluster.podsOf(JOB).every(({ metadata }) => metadata.finalizers.length === 0)).toBe(true);
    expect([cluster.unconverged, cluster.quiet]).toEqual([0, true]);
  });

  it('spends on 10 rounds of 10 pods what a real one did', () => {
    const cluster = new WholeCluster({ qps: 20, delay: '1ms' });
    cluster.apply(manifest('completions: 100\n  parallelism: 10'));
    cluster.runTo(60);
    const count = (verb: string, resource: string) => cluster.requests('job-controller', verb, resource);
    expect([count('create', 'pods'), count('patch', 'pods'), count('update', 'jobs')]).toEqual([100, 100, 31]);
    expect([count('create', 'events'), count('patch', 'events')]).toEqual([10, 15]);
  });

  it('completes each index once', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest('completions: 7\n  parallelism: 3\n  completionMode: Indexed'));
    cluster.runTo(60);
    expect(status(cluster)).toMatchObject({ completedIndexes: '0-6', succeeded: 7 });
    const indexes = cluster.podsOf(JOB).map(completionIndex);
    expect(indexes.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('waits 10 s, 20 s, 40 s after failures and gives up at its backoff limit', () => {
    const cluster = new WholeCluster();
    const at = creations(cluster);
    cluster.apply(manifest('backoffLimit: 3', { after: '1s', code: 1 }));
    cluster.runTo(300);
    const gaps = at.slice(1).map((seconds, index) => Math.round(seconds - at[index]!));
    expect(gaps).toEqual([11, 21, 41]);
    expect(ends(cluster)).toEqual(['FailureTarget:BackoffLimitExceeded', 'Failed:BackoffLimitExceeded']);
    expect(status(cluster).failed).toBe(4);
    expect([cluster.unconverged, cluster.quiet]).toEqual([0, true]);
  });

  it('fails at once where its failure policy says so', () => {
    const cluster = new WholeCluster();
    const rule = '{ action: FailJob, onExitCodes: { operator: In, values: [42] } }';
    cluster.apply(manifest(`podFailurePolicy: { rules: [ ${rule} ] }`, { after: '1s', code: 42 }));
    cluster.runTo(60);
    expect(ends(cluster)).toEqual(['FailureTarget:PodFailurePolicy', 'Failed:PodFailurePolicy']);
    expect(cluster.podsOf(JOB)).toHaveLength(1);
  });

  it('ends at its deadline and takes its pods with it', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest('parallelism: 4\n  completions: 4\n  activeDeadlineSeconds: 20', { after: '1h' }));
    cluster.runTo(60);
    expect(ends(cluster)).toEqual(['FailureTarget:DeadlineExceeded', 'Failed:DeadlineExceeded']);
    expect(cluster.podsOf(JOB)).toEqual([]);
  });

  it('runs nothing while it is suspended, and all of it once it is resumed', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest('parallelism: 2\n  completions: 4', { after: '10s' }));
    cluster.runTo(5);
    cluster.patch(JOB, 'job', { spec: { suspend: true } });
    cluster.runTo(20);
    expect(cluster.podsOf(JOB)).toEqual([]);
    expect(status(cluster)).toMatchObject({ active: 0, failed: 0, startTimeNs: -1 });
    expect(cluster.unconverged).toBe(0);
    cluster.patch(JOB, 'job', { spec: { suspend: false } });
    cluster.runTo(90);
    expect(ends(cluster)).toEqual(COMPLETE);
    expect(status(cluster)).toMatchObject({ succeeded: 4, failed: 0 });
  });

  it('makes a deleted pod again: at once, or once it has ended', () => {
    for (const policy of ['TerminatingOrFailed', 'Failed']) {
      const cluster = new WholeCluster();
      cluster.apply(manifest(`completions: 3\n  parallelism: 3\n  podReplacementPolicy: ${policy}`, { after: '5s' }));
      cluster.runTo(2);
      cluster.delete(POD, cluster.podsOf(JOB)[1]!.metadata.name);
      cluster.runTo(90);
      expect(status(cluster)).toMatchObject({ succeeded: 3, failed: 1 });
      expect(ends(cluster)).toEqual(COMPLETE);
    }
  });

  it('goes with its pods when its time to live is over, which nobody waits for', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest('ttlSecondsAfterFinished: 100'));
    cluster.runTo(50);
    expect([ends(cluster).length, cluster.quiet]).toEqual([2, true]);
    cluster.runTo(120);
    expect(cluster.all(JOB)).toEqual([]);
    expect(cluster.podsOf(JOB)).toEqual([]);
  });

  it('lets the pods of a Job go that is deleted while they run', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest('parallelism: 3\n  completions: 3', { after: '1h' }));
    cluster.runTo(5);
    cluster.delete(JOB, 'job');
    cluster.runTo(30);
    expect(cluster.podsOf(JOB)).toEqual([]);
  });

  it('counts every pod exactly once, whatever the delays, the seed and the losses', () => {
    const scenario = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      completions: fc.integer({ min: 1, max: 20 }),
      parallelism: fc.integer({ min: 1, max: 8 }),
      mode: fc.constantFrom('NonIndexed', 'Indexed'),
      lost: fc.integer({ min: 0, max: 7 }),
      qps: fc.constantFrom(0, 20),
    });
    fc.assert(
      fc.property(scenario, ({ seed, completions, parallelism, mode, lost, qps }) => {
        const delays = { delay: 'exponential(mean=5ms)', podStart: 'exponential(mean=100ms)' };
        const cluster = new WholeCluster({ seed, qps, ...delays });
        const size = `completions: ${completions}\n  parallelism: ${parallelism}`;
        cluster.apply(manifest(`${size}\n  completionMode: ${mode}`));
        cluster.measurements.onCommit = ({ object }) => {
          if (object.kind === JOB) expect((object as Job).status.succeeded).toBeLessThanOrEqual(completions);
        };
        cluster.runTo(1.5);
        const doomed = cluster.podsOf(JOB)[lost];
        if (doomed !== undefined) cluster.delete(POD, doomed.metadata.name);
        cluster.runTo(300);
        expect(ends(cluster)).toEqual(COMPLETE);
        expect(status(cluster)).toMatchObject({ succeeded: completions, failed: doomed === undefined ? 0 : 1 });
        expect([cluster.unconverged, cluster.quiet]).toEqual([0, true]);
      }),
      { seed: 13, numRuns: 20 },
    );
  });
});
