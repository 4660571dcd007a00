import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import type { SchedulerConfig } from '../../../src/cluster/config.js';
import { loadScenario } from '../../../src/scenario/loader.js';

const HEAD = 'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n';

function load(config: string, scheduler = '{ config: scheduler.yaml }'): SchedulerConfig {
  const files: Readonly<Record<string, string>> = {
    's.yaml': `cluster: { nodes: [ { count: 1 } ], scheduler: ${scheduler} }\n`,
    'scheduler.yaml': HEAD + config,
  };
  return loadScenario('s.yaml', { readFile: (path) => files[path]! }).cluster.scheduler;
}

/** `line:column what; remedy` of the mistake in a configuration. */
function mistake(config: string): string {
  try {
    load(config);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { file, line, column, message, remedy } = error;
    return `${file}:${line}:${column} ${message}${remedy === undefined ? '' : `; ${remedy}`}`;
  }
  return 'none';
}

describe('a KubeSchedulerConfiguration', () => {
  test('is read as it is', () => {
    const scheduler = load(`
parallelism: 8
clientConnection: { qps: 200, burst: 400 }
percentageOfNodesToScore: 30
podInitialBackoffSeconds: 2
podMaxBackoffSeconds: 20
leaderElection: { leaderElect: false }
profiles:
  - schedulerName: packing
    percentageOfNodesToScore: 100
    plugins:
      score:
        disabled: [ { name: NodeResourcesBalancedAllocation } ]
        enabled: [ { name: ImageLocality, weight: 5 } ]
      multiPoint:
        disabled: [ { name: InterPodAffinity } ]
    pluginConfig:
      - name: NodeResourcesFit
        args:
          scoringStrategy: { type: MostAllocated, resources: [ { name: cpu, weight: 3 }, { name: example.com/gpu } ] }
      - name: DefaultPreemption
        args: { minCandidateNodesPercentage: 50 }
  - schedulerName: default-scheduler
`);
    expect(scheduler).toMatchObject({
      kubeApiQps: 200,
      kubeApiBurst: 400,
      parallelism: 8,
      podInitialBackoffNs: 2e9,
      podMaxBackoffNs: 20e9,
    });
    const [packing, usual] = scheduler.profiles;
    expect([packing!.schedulerName, packing!.percentageOfNodesToScore]).toEqual(['packing', 100]);
    expect([usual!.schedulerName, usual!.percentageOfNodesToScore]).toEqual(['default-scheduler', 30]);
    const of = (name: string) => packing!.plugins.find((plugin) => plugin.name === name);
    expect(of('InterPodAffinity')).toBeUndefined();
    expect(of('NodeResourcesBalancedAllocation')!.points.has('score')).toBe(false);
    expect(of('ImageLocality')!.weight).toBe(5);
    expect(of('TaintToleration')!.weight).toBe(3);
    expect(packing!.args.nodeResourcesFit.scoringStrategy).toEqual({
      type: 'MostAllocated',
      resources: [
        { name: 'cpu', weight: 3 },
        { name: 'example.com/gpu', weight: 1 },
      ],
      shape: [],
    });
    expect(packing!.args.defaultPreemption).toEqual({
      minCandidateNodesPercentage: 50,
      minCandidateNodesAbsolute: 100,
    });
  });

  test('gives way to what the scenario says itself', () => {
    const scheduler = load('podInitialBackoffSeconds: 2\n', '{ config: scheduler.yaml, podInitialBackoff: 3s }');
    expect(scheduler.podInitialBackoffNs).toBe(3e9);
  });

  test.each([
    ['profiles: [ { plugins: { filter: { disabled: [ { name: NodePort } ] } } } ]', 'did you mean NodePorts?'],
    [
      'profiles: [ { plugins: { score: { enabled: [ { name: Coscheduling } ] } } } ]',
      'there is no plugin "Coscheduling"',
    ],
    ['profiles: [ { plugins: { filter: { enabled: [ { name: EBSLimits } ] } } } ]', 'no plugin EBSLimits any more'],
    ['profiles: [ { plugins: { score: { enabled: [ { name: ImageLocality, weight: 0 } ] } } } ]', 'must be at least 1'],
    ['profiles: [ { plugins: { queueSort: { disabled: [ { name: "*" } ] } } } ]', 'leave PrioritySort enabled'],
    ['profiles: [ { schedulerName: a }, { schedulerName: a } ]', 'profile 0 has the name a already'],
    ['profiles: [ { schedulerName: a }, { } ]', 'each of several profiles needs one'],
    ['percentageOfNodesToScore: 101', 'must be at most 100'],
    ['podInitialBackoffSeconds: 5\npodMaxBackoffSeconds: 2', 'write at least podInitialBackoffSeconds, which is 5'],
    ['extenders: [ { urlPrefix: "http://x" } ]', 'extenders are not modelled; leave them out'],
    ['leaderElection: { leaderElect: maybe }', 'expected'],
    ['leaderElection: { leaseDuration: soon }', 'soon'],
    ['profiles: [ { plugins: { filter: { enabled: [ { name: ImageLocality } ] } } } ]', 'does nothing at filter'],
    ['profiles: [ { plugins: { score: { enabled: [ { name: NodePorts } ] } } } ]', 'multiPoint, preFilter, filter'],
    [args('NodePorts', '{ x: 1 }'), 'NodePorts takes no arguments'],
    [args('NodeResourcesFit', '{ scoringStrategy: { type: LeastAlocated } }'), 'LeastAllocated'],
    [args('NodeResourcesFit', '{ scoringStrategy: { type: RequestedToCapacityRatio } }'), 'must be given when type is'],
    [args('NodeResourcesFit', '{ scoringStrategy: { resources: [ { name: cpu, weight: 101 } ] } }'), 'at most 100'],
    [args('NodeResourcesFit', '{ scoringStrategy: { resources: [ { name: cpu, weight: 0 } ] } }'), 'at least 1'],
    [args('NodeResourcesFit', '{ ignoredResources: [ "a b" ] }'), '"a b" must consist of letters'],
    [args('InterPodAffinity', '{ hardPodAffinityWeight: 200 }'), 'must be at most 100'],
    [args('InterPodAffinity', '{ hardPodAffinityWeigth: 2 }'), 'unknown key "hardPodAffinityWeigth"'],
    [
      args(
        'PodTopologySpread',
        '{ defaultConstraints: [ { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway } ] }',
      ),
      'must be List',
    ],
    [args('DefaultPreemption', '{ minCandidateNodesPercentage: 0, minCandidateNodesAbsolute: 0 }'), 'must not be 0'],
    [args('NodeResourcesBalancedAllocation', '{ resources: [ { name: cpu }, { name: cpu } ] }'), 'cpu is there twice'],
  ])('%s is refused with place and remedy', (config, expected) => {
    const said = mistake(config);
    expect(said).toContain(expected);
    expect(said).toMatch(/^scheduler\.yaml:[34]:[0-9]+ /);
  });

  test('a mistake is named with the very line and column', () => {
    const config =
      'profiles:\n  - plugins:\n      score:\n        enabled:\n          - name: ImageLocality\n            weight: 0\n';
    expect(mistake(config)).toMatch(/^scheduler\.yaml:8:21 0 is too small/);
  });

  test('no two schedulers may want the same pods', () => {
    const text = 'cluster: { nodes: [ { count: 1 } ], otherSchedulers: [ { name: default-scheduler } ] }\n';
    expect(() => loadScenario('s.yaml', { readFile: () => text })).toThrow('another scheduler has the profile');
  });
});

function args(name: string, given: string): string {
  return `profiles: [ { pluginConfig: [ { name: ${name}, args: ${given} } ] } ]`;
}
