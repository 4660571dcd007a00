// In a project of your own all of this comes from 'hubsim'.
import {
  ADD,
  type CustomPlugin,
  loadScenario,
  simulate,
  UPDATE_NODE_ANNOTATION,
  unschedulable,
} from '../../src/index.js';

const TOO_HOT = unschedulable('PowerBudget', 'node(s) had no power left');

/** Nodes have a budget of watts, pods say how many they take; of the nodes that can, the one with least to spare is best. */
const powerBudget: CustomPlugin = {
  weight: 10,
  make: ({ nodes, pods }) => {
    const watts = (annotations: Readonly<Record<string, string>>): number => Number(annotations.watts ?? 0);
    const spare = (node: number): number => {
      const used = pods[node]!.reduce((sum, { pod }) => sum + watts(pod.metadata.annotations), 0);
      return watts(nodes[node]!.metadata.annotations) - used;
    };
    return {
      name: 'PowerBudget',
      reach: 'cluster',
      filter: ({ pod }) => ({
        check: (node) => (watts(pod.metadata.annotations) <= spare(node) ? undefined : TOO_HOT),
      }),
      score: () => ({ score: (node) => Math.max(0, 100 - Math.floor(spare(node) / 10)) }),
      wakes: [{ resource: 'Node', actions: ADD | UPDATE_NODE_ANNOTATION }],
    };
  },
};

const files: Readonly<Record<string, string>> = {
  'power.yaml': `
cluster:
  profile: ideal
  nodes: [ { file: nodes.yaml } ]
  kubelet: { model: hollow }
timeline:
  - { at: 0s, apply: job.yaml }
`,
  'nodes.yaml': [300, 700].map(node).join('---\n'),
  'job.yaml': [1, 2, 3, 4, 5].map(pod).join('---\n'),
};

function node(watts: number): string {
  return `
apiVersion: v1
kind: Node
metadata: { name: rack-${watts}, annotations: { watts: "${watts}" } }
status: { capacity: { cpu: 64, memory: 256Gi, pods: 110 } }
`;
}

function pod(index: number): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: train-${index}, annotations: { watts: "250" } }
spec: { containers: [ { name: c, image: trainer } ] }
`;
}

const scenario = loadScenario('power.yaml', { readFile: (path) => files[path]! });
const { summary } = simulate(scenario, { schedulerPlugins: [powerBudget] });
console.log(`${summary.pods.bound} bound, ${summary.pods.unschedulable} not: ${summary.end.findings[0]}`);
