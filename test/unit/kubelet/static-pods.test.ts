import { describe, expect, test } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { controllerOf } from '../../../src/api/meta.js';
import type { Pod } from '../../../src/api/pod.js';
import { Cluster } from '../../../src/cluster/cluster.js';
import { Engine } from '../../../src/engine/index.js';
import { Measurements } from '../../../src/measure/measurements.js';
import { Streams } from '../../../src/random/streams.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from '../scenario/scenario-files.js';

const AGENT = `apiVersion: v1
kind: Pod
metadata: { name: agent, labels: { app: agent } }
spec: { containers: [ { name: agent, image: "agent:1" } ] }
`;
const cluster = (more: string, kubelet = 'kubelet') =>
  `cluster: { profile: ideal, nodes: [ { count: 3 } ], kubelet: { model: ${kubelet}, podStart: 1s, podStop: 1s }, staticPods: [ ${more} ] }\n`;
const files = (main: string) => ({ 'main.yaml': main, 'agent.yaml': AGENT, 'web.yaml': WEB });

/** A cluster that has run for ten seconds, and what it knows of the agents. */
function running(main: string) {
  const scenario = load(files(main));
  const engine = new Engine({ seed: 1 });
  const measurements = new Measurements(scenario.kinds.all);
  const made = new Cluster(scenario.cluster, {
    engine,
    streams: new Streams(1),
    profile: scenario.profile,
    shapes: scenario.shapes,
    kinds: scenario.kinds,
    probe: measurements,
  });
  made.start();
  engine.run(10e9);
  const pods = () => [...made.hub.store.table(POD).values()] as Pod[];
  return { engine, user: made.user, pods, measurements };
}

describe('a pod that lies as a file on its node', () => {
  test.each(['kubelet', 'hollow'])('runs with a mirror that the node owns, with model %s', (model) => {
    const { pods } = running(cluster('{ file: agent.yaml, on: [node-0000, node-0002] }', model));
    expect(pods().map(({ metadata }) => metadata.name)).toEqual(['agent-node-0000', 'agent-node-0002']);
    for (const { metadata, spec, status } of pods()) {
      expect(status).toMatchObject({ phase: 'Running', ready: true });
      expect(controllerOf(metadata)?.name).toBe(spec.nodeName);
      expect(spec.shape.tolerations).toContainEqual(
        expect.objectContaining({ operator: 'Exists', effect: 'NoExecute' }),
      );
    }
  });

  test('runs on when somebody deletes its mirror, and gets another one', () => {
    const { engine, user, pods, measurements } = running(cluster('{ file: agent.yaml, on: [node-0001] }'));
    const [before] = pods();
    const startedBefore = measurements.pods.rows().startedNs.filter((atNs) => atNs >= 0).length;
    user.delete(POD, 'default', 'agent-node-0001');
    engine.run(12e9);
    const [after] = pods();
    expect(after!.id).not.toBe(before!.id);
    expect(after!.metadata.name).toBe('agent-node-0001');
    expect(after!.status).toMatchObject({ phase: 'Running', ready: true, restarts: 0 });
    expect(measurements.pods.rows().startedNs.filter((atNs) => atNs >= 0)).toHaveLength(startedBefore);
    expect(engine.workPending).toBe(0);
  });

  test('is left alone by a drain, and does not keep a run from its end', () => {
    const steps = 'timeline: [ { at: 0s, apply: web.yaml }, { at: 20s, drain: [node-0001] } ]\n';
    const { summary } = simulate(load(files(cluster('{ file: agent.yaml }') + steps)));
    expect(summary.end).toMatchObject({ reason: 'converged', findings: [] });
    expect(summary.pods.running).toBeGreaterThanOrEqual(3);
  });

  test('is nothing but a pod', () => {
    expect(mistake(files(cluster('{ file: web.yaml }')))).toContain('only Pods belong here');
  });
});
