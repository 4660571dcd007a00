import { describe, expect, test } from 'vitest';
import { DEPLOYMENT, JOB, NAMESPACE, POD, STATEFUL_SET } from '../../../src/api/kind.js';
import { type Pod, PodSpec } from '../../../src/api/pod.js';
import { WholeCluster } from '../../unit/controllers/whole-cluster.js';
import { WEB } from '../../unit/scenario/scenario-files.js';
import { StoreInvariants } from './store-invariants.js';

/** A story of a small cluster: what happens after its first manifests run, and how long it may take. */
interface Story {
  readonly name: string;
  readonly seeds: number;
  readonly manifest: string;
  readonly play: (cluster: WholeCluster) => void;
  readonly seconds: number;
  readonly onlyEvictions?: boolean;
}

const SIX = WEB.replace('replicas: 3', 'replicas: 6');
const image = (tag: string) => ({
  spec: { template: { spec: { containers: [{ name: 'web', image: `web:${tag}` }] } } },
});
const BUDGET = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { maxUnavailable: 2, selector: { matchLabels: { app: web } } }
`;
const SET = WEB.replace('Deployment', 'StatefulSet').replace('replicas: 3', 'replicas: 4\n  serviceName: web');
const WORK = `apiVersion: batch/v1
kind: Job
metadata: { name: work }
spec:
  completions: 6
  parallelism: 3
  template:
    metadata: { annotations: { hubsim/exit-after: 1s } }
    spec: { restartPolicy: Never, containers: [ { name: c, image: "c:1" } ] }
`;
const DRAIN = { force: false, gracePeriodSeconds: -1, timeoutNs: 0 };

const STORIES: readonly Story[] = [
  {
    name: 'a Deployment that is changed, scaled and rolled back at once',
    seeds: 200,
    manifest: WEB,
    seconds: 30,
    play: ({ cluster: { user } }) => {
      user.scale(DEPLOYMENT, 'default', 'web', 5);
      user.rollout('restart', DEPLOYMENT, 'default', 'web', 0);
      user.scale(DEPLOYMENT, 'default', 'web', 2);
    },
  },
  {
    name: 'two nodes that are drained within a budget',
    seeds: 30,
    manifest: SIX + BUDGET,
    seconds: 60,
    onlyEvictions: true,
    play: ({ cluster }) => cluster.user.drain(['node-0000', 'node-0001'], DRAIN),
  },
  {
    name: 'a StatefulSet that is changed and scaled down meanwhile',
    seeds: 40,
    manifest: SET,
    seconds: 40,
    play: (cluster) => {
      cluster.patch(STATEFUL_SET, 'web', image('2'));
      cluster.cluster.user.scale(STATEFUL_SET, 'default', 'web', 3);
    },
  },
  {
    name: 'a Job that loses a pod',
    seeds: 60,
    manifest: WORK,
    seconds: 30,
    play: (cluster) => {
      const [first] = cluster.podsOf(JOB);
      if (first !== undefined) cluster.cluster.user.delete(POD, 'default', first.metadata.name);
    },
  },
  {
    name: 'a namespace that ends while its Deployment scales',
    seeds: 40,
    manifest: `{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }\n---\n${WEB.replace('{ name: web }', '{ name: web, namespace: shop }')}`,
    seconds: 40,
    play: ({ cluster: { user } }) => {
      user.scale(DEPLOYMENT, 'shop', 'web', 6);
      user.delete(NAMESPACE, '', 'shop');
    },
  },
  {
    name: 'a Deployment that is deleted in the foreground',
    seeds: 40,
    manifest: WEB,
    seconds: 30,
    play: ({ cluster }) => cluster.user.delete(DEPLOYMENT, 'default', 'web', { propagationPolicy: 'Foreground' }),
  },
];

function violations({ manifest, play, seconds, onlyEvictions }: Story, seed: number): readonly string[] {
  const cluster = new WholeCluster({ seed, delay: 'exponential(mean=3ms)', podStart: 'exponential(mean=300ms)' });
  const invariants = new StoreInvariants(onlyEvictions);
  cluster.measurements.onCommit = (event) => invariants.committed(event);
  cluster.measurements.onAnswer = (call) => invariants.answered(call);
  cluster.apply(manifest);
  cluster.runTo(4);
  play(cluster);
  cluster.runTo(seconds);
  if (!cluster.quiet) return [...invariants.violations, 'there is still something to do'];
  if (cluster.unconverged > 0) return [...invariants.violations, `${cluster.unconverged} workloads are not as desired`];
  invariants.checkEnd();
  return invariants.violations;
}

describe('whatever the delays, nothing is counted twice, nobody fights, and all ends as desired', () => {
  test.each(STORIES)('for $name, with $seeds seeds', (story) => {
    for (let seed = 1; seed <= story.seeds; seed++) expect(violations(story, seed), `seed ${seed}`).toEqual([]);
  });

  test('and what must never be is noticed', () => {
    const invariants = new StoreInvariants();
    const cluster = new WholeCluster({ seed: 1 });
    cluster.measurements.onCommit = (event) => invariants.committed(event);
    cluster.apply(WEB);
    cluster.runTo(10);
    const [pod] = cluster.all<Pod>(POD);
    const moved = pod!.withSpec(new PodSpec(pod!.spec.shape, 'elsewhere'));
    const event = { type: 'MODIFIED', object: moved, previous: pod!, committedNs: 0, chore: false, cause: 0 } as const;
    invariants.committed(event);
    expect(invariants.violations).toEqual([`pod ${pod!.metadata.name} moved off ${pod!.spec.nodeName}`]);
  });
});
