import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 0
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: web, image: web, resources: { requests: { cpu: 100m } } } ] }
`;

const PODS = 1200;

/** As the 5,000-node tests of Kubernetes 1.8 and 1.9 were set: 100 requests a second for controllers and scheduler. */
const SCENARIO = `cluster:
  profile: control-plane-64-core
  nodes: [ { count: 5000 } ]
  scheduler: { kubeApiQps: 100, kubeApiBurst: 100 }
  controllerManager: { kubeApiQps: 100, kubeApiBurst: 100 }
  kubelet: { model: hollow, podStart: 0s, nodeStatus: false }
before: [ { apply: web.yaml } ]
timeline: [ { at: 0s, scale: deployment/web, replicas: ${PODS} } ]
stop: { when: converged, atMost: 10m }
`;

describe('published rates', () => {
  it('at 100 requests a second 95 to 100 pods a second are bound on 5,000 nodes (kubernetes-facts G1, V3)', () => {
    const readFile = (path: string): string => (path.endsWith('web.yaml') ? WEB : SCENARIO);
    const { pods, hub } = simulate(loadScenario('s.yaml', { readFile })).summary;
    expect(pods.bound).toBe(PODS);
    const { p50, p90 } = pods.boundAt;
    const rate = (0.4 * PODS) / (p90! - p50!);
    expect(rate).toBeGreaterThan(95);
    expect(rate).toBeLessThanOrEqual(100);
    // It is the purse of the ReplicaSet controller that holds them up.
    const purse = hub.byClient.find(({ client }) => client === 'replicaset-controller')!;
    expect(purse.limiterWait.p50).toBeGreaterThan(0.3);
  });
});
