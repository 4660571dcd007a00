import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/scenario/simulate.js';
import { load } from '../scenario/scenario-files.js';

const DEPLOYMENT = (replicas: number, cpu = '1', extra = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { ${extra} containers: [ { name: web, image: web, resources: { requests: { cpu: "${cpu}", memory: 1Gi } } } ] }
`;

const SMALL = '{ name: small, max: 10, boot: 60s, capacity: { cpu: 4, memory: 8Gi, pods: 110 } }';
const LARGE = '{ name: large, max: 10, boot: 60s, capacity: { cpu: 16, memory: 64Gi, pods: 110 } }';

function run(groups: string, timeline: string, manifest = DEPLOYMENT(8), more = '', seed = 1, delay = '0s') {
  const files = {
    'main.yaml': `cluster:
  profile: ideal
  nodes: [ { count: 0 } ]
  network: { delay: "${delay}" }
  nodeGroups: [ ${groups} ]
  kubelet: { model: hollow }
  ${more}
timeline: ${timeline}
stop: { atMost: 3h }
`,
    'web.yaml': manifest,
  };
  const { summary, pods } = simulate({ ...load(files), seed });
  const nodes = new Set(pods.node.filter((node) => node !== ''));
  return { summary, nodes: [...nodes].sort() };
}

const APPLY = '[ { at: 0s, apply: web.yaml } ]';

describe('the cluster autoscaler', () => {
  it('orders as many nodes as the pods fill, within 10 s, and the pods run when they have booted', () => {
    const { summary, nodes } = run(SMALL, APPLY);
    expect(nodes).toEqual(['small-0000', 'small-0001']);
    expect(summary.end.reason).toBe('converged');
    expect(summary.pods.runningAt.p100).toBeGreaterThan(60);
    expect(summary.pods.runningAt.p100).toBeLessThan(75);
  });

  it('chooses the group that wastes least, or holds most pods', () => {
    expect(run(`${SMALL}, ${LARGE}`, APPLY).nodes).toEqual(['small-0000', 'small-0001']);
    const most = run(
      `${SMALL.replace('max: 10', 'max: 1')}, ${LARGE}`,
      APPLY,
      undefined,
      'clusterAutoscaler: { expander: most-pods }',
    );
    expect(most.nodes).toEqual(['large-0000']);
  });

  it('chooses the group of which fewest nodes are needed, if it is told to', () => {
    const { nodes } = run(`${SMALL}, ${LARGE}`, APPLY, undefined, 'clusterAutoscaler: { expander: least-nodes }');
    expect(nodes).toEqual(['large-0000']);
  });

  it('orders no more than a group may have, and leaves the rest of the pods as they are', () => {
    const { summary, nodes } = run(SMALL.replace('max: 10', 'max: 1'), APPLY);
    expect(nodes).toEqual(['small-0000']);
    expect(summary.end).toMatchObject({ reason: 'stuck' });
    expect(summary.pods.unschedulable).toBe(4);
  });

  it('does not order what no group can hold', () => {
    const one = SMALL.replace('max: 10', 'min: 1, max: 10');
    const { summary, nodes } = run(one, APPLY, DEPLOYMENT(1, '5'));
    expect([nodes, summary.end.reason]).toEqual([[], 'stuck']);
    expect(run(one, APPLY, DEPLOYMENT(1, '1', 'nodeSelector: { disk: ssd },')).summary.end.reason).toBe('stuck');
  });

  it('gives back what has not been needed for 10 minutes, and moves what still runs there', () => {
    const { summary } = run(SMALL, '[ { at: 0s, apply: web.yaml }, { at: 20m, scale: deployment/web, replicas: 2 } ]');
    expect(summary.end.reason).toBe('converged');
    // Unneeded from some 20 minutes on.
    expect(summary.end.virtualSeconds).toBeGreaterThan(1800);
    expect(summary.end.virtualSeconds).toBeLessThan(1860);
    expect(summary.pods.running - summary.pods.deleted).toBe(2);
  });

  describe('keeps a node', () => {
    // Eight pods fill two nodes; then two are left, one on each or both on one.
    const shrunk = (manifest: string, options = '') =>
      run(
        SMALL,
        '[ { at: 0s, apply: web.yaml }, { at: 20m, scale: deployment/web, replicas: 2 } ]',
        manifest,
        options === '' ? '' : `clusterAutoscaler: { ${options} }`,
      ).summary;
    const annotated = (annotation: string, extra = '') =>
      DEPLOYMENT(8, '1', extra).replace(
        'metadata: { labels: { app: web } }',
        `metadata: { labels: { app: web }, annotations: { cluster-autoscaler.kubernetes.io/${annotation} } }`,
      );
    const LOCAL = 'volumes: [ { name: cache, emptyDir: {} } ],';
    const BUDGET = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: "100%", selector: { matchLabels: { app: web } } }
`;
    const goneAfter = (summary: ReturnType<typeof shrunk>): boolean => summary.end.virtualSeconds > 1800;

    it.each([
      ['that has a pod that is not to be evicted', annotated('safe-to-evict: "false"'), ''],
      ['that has a pod with a directory of its own', DEPLOYMENT(8, '1', LOCAL), ''],
      ['that has a pod whose budget is used up', DEPLOYMENT(8) + BUDGET, ''],
    ])('%s', (_, manifest, options) => {
      const summary = shrunk(manifest, options);
      expect(summary.end.reason).toBe('converged');
      expect(goneAfter(summary)).toBe(false);
    });

    it.each([
      ['a pod with a directory that may be lost', annotated('safe-to-evict-local-volumes: cache', LOCAL), ''],
      ['a pod that may be evicted whatever it has', annotated('safe-to-evict: "true"', LOCAL), ''],
      ['a directory, where directories do not count', DEPLOYMENT(8, '1', LOCAL), 'skipNodesWithLocalStorage: false'],
      ['a directory in memory', DEPLOYMENT(8, '1', 'volumes: [ { name: cache, emptyDir: { medium: Memory } } ],'), ''],
    ])('not for %s', (_, manifest, options) => {
      const summary = shrunk(manifest, options);
      expect(summary.end.reason).toBe('converged');
      expect(goneAfter(summary)).toBe(true);
    });
  });

  describe('with settings of its own', () => {
    const setting = (settings: string) => `clusterAutoscaler: { ${settings} }`;
    const shrunk = (settings: string, replicas = 16) =>
      run(
        SMALL,
        '[ { at: 0s, apply: web.yaml }, { at: 20m, scale: deployment/web, replicas: 1 } ]',
        DEPLOYMENT(replicas),
        setting(settings),
      ).summary;

    it('chooses by priority, then among equals by the next', () => {
      const both = `${SMALL}, ${LARGE}`;
      const choose = (expander: string, priorities: string) =>
        run(both, APPLY, undefined, setting(`expander: ${expander}, priorities: ${priorities}`)).nodes[0];
      expect(choose('priority', '{ "10": [ "." ], "50": [ "^lar" ] }')).toBe('large-0000');
      expect(choose('priority', '{ "10": [ "small" ] }')).toBe('small-0000');
      expect(choose('[ priority, least-waste ]', '{ "10": [ "." ] }')).toBe('small-0000');
      expect(choose('[ priority, least-nodes ]', '{}')).toBe('large-0000');
    });

    it('drains one node at a time, and waits after each for as long as it is told', () => {
      const usual = shrunk('');
      expect(usual.end.reason).toBe('converged');
      const later = shrunk('scaleDownDelayAfterDelete: 5m, maxScaleDownParallelism: 1');
      // Three of four nodes go, one every five minutes.
      expect(later.end.virtualSeconds - usual.end.virtualSeconds).toBeGreaterThan(500);
      expect(later.end.virtualSeconds - usual.end.virtualSeconds).toBeLessThan(700);
    });
  });

  it('takes a node away whose only other pods are static: they end with it', () => {
    const files = {
      'main.yaml': `cluster:
  profile: ideal
  nodes: [ { count: 0 } ]
  nodeGroups: [ ${SMALL} ]
  staticPods: [ { file: agent.yaml } ]
  kubelet: { model: kubelet }
timeline: [ { at: 0s, apply: web.yaml }, { at: 20m, scale: deployment/web, replicas: 0 } ]
stop: { atMost: 3h }
expect: [ "eventually(nodes.total == 2)" ]
`,
      'web.yaml': DEPLOYMENT(6),
      'agent.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: agent }\nspec: { containers: [ { name: a, image: a } ] }\n',
    };
    const { summary } = simulate(load(files));
    expect(summary.expectations).toMatchObject([{ pass: true }]);
    expect(summary.end.reason).toBe('converged');
    // Their mirrors are collected 40 s after the Node.
    expect(summary.end.virtualSeconds).toBeGreaterThan(1800);
    expect(summary.end.virtualSeconds).toBeLessThan(1900);
  });

  it('keeps the smallest size, and nodes that were there before', () => {
    const down = '[ { at: 0s, apply: web.yaml }, { at: 20m, scale: deployment/web, replicas: 0 } ]';
    const { summary } = run(SMALL.replace('max: 10', 'min: 2, max: 10'), down);
    expect(summary.end.reason).toBe('converged');
    expect(summary.end.virtualSeconds).toBeLessThan(1210);
  });

  it('converges whatever the delays', () => {
    const steps = '[ { at: 0s, apply: web.yaml }, { at: 20m, scale: deployment/web, replicas: 3 } ]';
    for (let seed = 1; seed <= 8; seed++) {
      const group = SMALL.replace('60s', '"lognormal(p50=60s, p99=120s)"');
      const { summary } = run(group, steps, DEPLOYMENT(8), '', seed, 'exponential(mean=20ms)');
      expect(summary.end.reason).toBe('converged');
      expect(summary.convergence.workloads.find(({ name }) => name === 'web')).toMatchObject({
        desired: 3,
        available: 3,
      });
    }
  });
});

describe('a node group in a scenario', () => {
  it('has a size between its bounds', () => {
    expect(() => run('{ name: a, min: 3, max: 2 }', APPLY)).toThrow(/3 machines are not between 3 and 2/);
  });
});
