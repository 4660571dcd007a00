import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CronJob } from '../../../src/api/cron-job.js';
import type { Job } from '../../../src/api/job.js';
import { CRON_JOB, JOB, POD } from '../../../src/api/kind.js';
import { WholeCluster } from './whole-cluster.js';

function manifest(extra = '', after = '5s', code = 0): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata: { name: tick }
spec:
  schedule: "*/2 * * * *"
  ${extra}
  jobTemplate:
    spec:
      backoffLimit: 0
      template:
        metadata: { annotations: { hubsim/exit-after: "${after}", hubsim/exit-code: "${code}" } }
        spec: { restartPolicy: Never, terminationGracePeriodSeconds: 1, containers: [ { name: c, image: task } ] }
`;
}

/** Minutes of virtual time at which Jobs were created. */
function starts(cluster: WholeCluster): number[] {
  const minutes: number[] = [];
  cluster.measurements.onCommit = ({ type, object, committedNs }) => {
    if (type === 'ADDED' && object.kind === JOB) minutes.push(Math.floor(committedNs / 60e9));
  };
  return minutes;
}

function status(cluster: WholeCluster) {
  return cluster.stored<CronJob>(CRON_JOB, 'tick').status;
}

function jobNames(cluster: WholeCluster): readonly string[] {
  return cluster.all<Job>(JOB).map(({ metadata }) => metadata.name);
}

describe('the CronJob controller', () => {
  it('starts a Job whenever its time comes, named after the minute, and keeps the last three', () => {
    const cluster = new WholeCluster();
    const at = starts(cluster);
    cluster.apply(manifest());
    cluster.runTo(660);
    expect(at).toEqual([2, 4, 6, 8, 10]);
    expect(jobNames(cluster)).toEqual(['tick-6', 'tick-8', 'tick-10']);
    expect(status(cluster)).toMatchObject({ active: [], lastScheduleNs: 600e9 });
    expect(cluster.podsOf(JOB)).toHaveLength(3);
  });

  it('goes by the clocks of its time zone', () => {
    const cluster = new WholeCluster();
    const at = starts(cluster);
    // Virtual time begins at midnight in UTC, when it is 5:30 in Kolkata.
    cluster.apply(manifest('timeZone: Asia/Kolkata').replace('*/2 * * * *', '32,34 5 * * *'));
    cluster.runTo(660);
    expect(at).toEqual([2, 4]);
  });

  it('keeps nobody waiting until its next time, but for what it has started', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest('', '30s'));
    cluster.runTo(60);
    expect(cluster.quiet).toBe(true);
    cluster.runTo(121);
    expect(cluster.quiet).toBe(false);
    cluster.runTo(180);
    expect(cluster.quiet).toBe(true);
  });

  it('keeps one failed Job', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest('', '5s', 1));
    cluster.runTo(660);
    expect(jobNames(cluster)).toEqual(['tick-10']);
  });

  it.each([
    ['Allow', [2, 4, 6, 8, 10], 2],
    ['Forbid', [2, 4, 7, 10], 1],
    ['Replace', [2, 4, 6, 8, 10], 1],
  ])('with Jobs that take 3 minutes and policy %s starts at %j', (policy, expected, together) => {
    const cluster = new WholeCluster();
    const at = starts(cluster);
    let most = 0;
    cluster.apply(manifest(`concurrencyPolicy: ${policy}`, '170s'));
    for (let seconds = 10; seconds <= 650; seconds += 10) {
      cluster.runTo(seconds);
      most = Math.max(most, status(cluster).active.length);
    }
    expect(at).toEqual(expected);
    expect(most).toBe(together);
  });

  it('starts nothing while it is suspended', () => {
    const cluster = new WholeCluster();
    const at = starts(cluster);
    cluster.apply(manifest('suspend: true'));
    cluster.runTo(300);
    expect(at).toEqual([]);
    cluster.patch(CRON_JOB, 'tick', { spec: { suspend: false } });
    cluster.runTo(420);
    expect(at).toEqual([5, 6]);
  });

  it('takes its Jobs and their pods with it', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest('', '1h'));
    cluster.runTo(150);
    cluster.delete(CRON_JOB, 'tick');
    cluster.runTo(200);
    expect(cluster.all(JOB)).toEqual([]);
    expect(cluster.podsOf(JOB)).toEqual([]);
  });

  it('starts each Job once, whatever the delays, the seed and the losses', () => {
    const scenario = fc.record({ seed: fc.integer({ min: 1, max: 1e6 }), policy: fc.constantFrom('Allow', 'Forbid') });
    fc.assert(
      fc.property(scenario, ({ seed, policy }) => {
        const delays = { delay: 'exponential(mean=20ms)', podStart: 'exponential(mean=100ms)' };
        const cluster = new WholeCluster({ seed, ...delays });
        const at = starts(cluster);
        cluster.apply(manifest(`concurrencyPolicy: ${policy}`));
        cluster.runTo(122);
        for (const { metadata } of cluster.podsOf(JOB)) cluster.delete(POD, metadata.name);
        cluster.runTo(660);
        expect(at).toEqual([2, 4, 6, 8, 10]);
        expect(status(cluster).active).toEqual([]);
      }),
      { seed: 14, numRuns: 10 },
    );
  });
});
