import { describe, expect, test } from 'vitest';
import { SmallControlPlane } from './small-control-plane.js';

const ZONE = 'topology.kubernetes.io/zone';

describe('beside nodes and pods the scheduler knows', () => {
  test('disruption budgets: preemption spares the pods that one protects', () => {
    const plane = new SmallControlPlane();
    plane.addNode('a', 1000);
    plane.addNode('b', 1000);
    plane.apply(`
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: guard, namespace: default }
spec: { minAvailable: 1, selector: { matchLabels: { app: guarded } } }`);
    plane.createPod('guarded', '1', { nodeSelector: { 'kubernetes.io/hostname': 'a' } }, { app: 'guarded' });
    plane.createPod('free', '1', { priority: 5, nodeSelector: { 'kubernetes.io/hostname': 'b' } }, { app: 'free' });
    plane.run(1);
    // Without the budget the less important pod would have to go.
    plane.createPod('important', '1', { priority: 10 });
    plane.run(2);
    expect([plane.nodeOf('guarded'), plane.pod('free'), plane.nodeOf('important')]).toEqual(['a', undefined, 'b']);
  });

  test('services: the pods of one are spread over zones by default', () => {
    const plane = new SmallControlPlane();
    plane.apply(`
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { selector: { app: web }, ports: [ { port: 80 } ] }`);
    plane.addNode('big', 64_000, { [ZONE]: 'a' });
    plane.addNode('small', 1000, { [ZONE]: 'b' });
    for (let i = 0; i < 4; i++) {
      plane.createPod(`p${i}`, '200m', {}, { app: 'web' });
      plane.run(1);
    }
    const nodes = [0, 1, 2, 3].map((i) => plane.nodeOf(`p${i}`)).sort();
    expect(nodes).toEqual(['big', 'big', 'small', 'small']);
  });

  test('labels of namespaces: pods stay apart from those that a selector of namespaces chooses', () => {
    const plane = new SmallControlPlane();
    plane.apply('apiVersion: v1\nkind: Namespace\nmetadata: { name: rival, labels: { team: red } }');
    plane.addNode('a', 4000, { 'kubernetes.io/hostname': 'a' });
    plane.createPod('theirs', '1m', {}, { app: 'x' }, 'rival');
    plane.run(1);
    plane.addNode('b', 1000, { 'kubernetes.io/hostname': 'b' });
    const term = {
      topologyKey: 'kubernetes.io/hostname',
      labelSelector: { matchLabels: { app: 'x' } },
      namespaceSelector: { matchLabels: { team: 'red' } },
    };
    const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    plane.createPod('ours', '2', { affinity: { podAntiAffinity } });
    plane.run(1);
    expect(plane.pod('ours')!.status.unschedulable).toContain("1 node(s) didn't match pod anti-affinity rules");
    plane.createPod('small', '1m', { affinity: { podAntiAffinity } });
    plane.run(1);
    expect(plane.nodeOf('small')).toBe('b');
  });
});
