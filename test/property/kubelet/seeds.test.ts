import { describe, expect, test } from 'vitest';
import type { ScenarioConfig } from '../../../src/scenario/config.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, WEB } from '../../unit/scenario/scenario-files.js';

/** A small relative of a scenario of the project, and how many pods run when all is as desired. */
interface Story {
  readonly name: string;
  readonly seeds: number;
  readonly cluster: string;
  readonly manifest: string;
  readonly timeline: string;
  readonly pods: number;
}

const CRASHING = WEB.replace(
  'metadata: { labels: { app: web } }',
  'metadata: { labels: { app: web }, annotations: { hubsim/exit-after: "uniform(min=1s, max=3s)", hubsim/exit-code: "1", hubsim/exit-runs: "3" } }',
);
const AUTOSCALER = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { kind: Deployment, name: web }
  minReplicas: 3
  maxReplicas: 6
  metrics: [ { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } } ]
`;
const CLUSTER = 'nodes: [ { count: 3 } ]\n  kubelet: { model: kubelet, nodeStatus: false }';
const NO_NODES = CLUSTER.replace('count: 3', 'count: 0');

const STORIES: readonly Story[] = [
  {
    name: 'crash-loop',
    seeds: 60,
    cluster: CLUSTER,
    manifest: CRASHING,
    timeline: '{ at: 0s, apply: web.yaml }',
    pods: 3,
  },
  {
    name: 'image-pull-storm',
    seeds: 60,
    cluster: `${CLUSTER}\n  registry: { bandwidth: 10Mi }\n  images: [ { name: "web:1", size: 50Mi, failures: 0.3 } ]`,
    manifest: WEB,
    timeline: '{ at: 0s, apply: web.yaml }',
    pods: 3,
  },
  {
    name: 'half-partitioned-node',
    seeds: 40,
    cluster: CLUSTER,
    manifest: WEB,
    timeline:
      '{ at: 0s, apply: web.yaml }, { at: 30s, fault: node-partition, nodes: [node-0001], for: 7m }, { at: 9m, fault: node-reboot, nodes: [node-0002] }',
    pods: 3,
  },
  {
    name: 'hpa-spike',
    seeds: 60,
    cluster: CLUSTER,
    manifest: WEB + AUTOSCALER,
    timeline: '{ at: 0s, apply: web.yaml }, { at: 1m, demand: deployment/web, cpu: 1 }',
    pods: 6,
  },
  {
    name: 'autoscale-from-zero',
    seeds: 60,
    cluster: `${NO_NODES}\n  nodeGroups: [ { name: a, max: 5, boot: "uniform(min=20s, max=40s)", capacity: { cpu: 200m, memory: 1Gi, pods: 10 } } ]`,
    manifest: WEB,
    timeline: '{ at: 0s, apply: web.yaml }',
    pods: 3,
  },
];

function scenarioOf({ cluster, manifest, timeline }: Story): ScenarioConfig {
  const network = 'network: { delay: "exponential(mean=3ms)" }';
  const main = `cluster:\n  profile: ideal\n  ${network}\n  ${cluster}\ntimeline: [ ${timeline} ]\n`;
  return load({ 'main.yaml': main, 'web.yaml': manifest });
}

describe('whatever the delays, all ends as desired', () => {
  test.each(STORIES)('in a small $name, with $seeds seeds', (story) => {
    const scenario = scenarioOf(story);
    for (let seed = 1; seed <= story.seeds; seed++) {
      const { summary } = simulate({ ...scenario, seed });
      expect(summary.end, `seed ${seed}`).toMatchObject({ reason: 'converged', findings: [] });
      expect(
        summary.convergence.workloads.find(({ kind }) => kind === 'Deployment'),
        `seed ${seed}`,
      ).toMatchObject({
        desired: story.pods,
        available: story.pods,
      });
    }
  });
});
