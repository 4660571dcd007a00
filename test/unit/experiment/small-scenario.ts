import { prepareSweep, type SweepRequest } from '../../../src/experiment/prepare-sweep.js';
import type { Sweep } from '../../../src/experiment/sweep.js';

const SCENARIO = `
name: small
seed: 1
cluster:
  profile: vm-2-core
  nodes: [{ count: 3, capacity: { cpu: 4, memory: 16Gi, pods: 110 } }]
  kubelet: { model: hollow, podStart: lognormal(p50=100ms, p99=1s) }
timeline: [{ at: 0s, apply: web.yaml }]
stop: { when: converged, atMost: 5m }
`;
const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 6
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: c, image: i }] }
`;

/** The files of a scenario that runs in some milliseconds; `more` is added to the scenario. */
export function smallFiles(more = ''): Record<string, string> {
  return { '/exp/small.yaml': SCENARIO + more, '/exp/web.yaml': WEB };
}

export function prepareSmall(
  more = '',
  request: Partial<SweepRequest> = {},
  files: Record<string, string> = smallFiles(more),
): Sweep {
  const readFile = (path: string): string => {
    if (files[path] === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
    return files[path];
  };
  return prepareSweep({ file: '/exp/small.yaml', readFile, program: 'test', ...request });
}
