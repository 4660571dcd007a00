import { parseDuration } from '../../../src/api/duration.js';
import { POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import type { ApiClient } from '../../../src/client/api-client.js';
import { EACH_NODE } from '../../../src/hub/call-flows.js';
import { parseDistribution } from '../../../src/random/parse-distribution.js';
import { Streams } from '../../../src/random/streams.js';
import { HollowWorker } from '../../../src/spokes/kubelet/hollow-worker.js';
import { Kubelets } from '../../../src/spokes/kubelet/kubelets.js';
import { NodeFleet } from '../../../src/spokes/kubelet/node-fleet.js';
import { SyncLoopWorker } from '../../../src/spokes/kubelet/sync-loop-worker.js';
import { type TestHub, testHub } from '../hub/test-hub.js';

/** A hub and the kubelets of some nodes, with nobody else; pods are created bound. */
export interface MachineRoom {
  readonly hub: TestHub;
  readonly kubelets: Kubelets;
  readonly fleet: NodeFleet;
  readonly user: ApiClient;
  pod(name: string): Pod | undefined;
  createPod(name: string, nodeName: string, annotations?: Record<string, string>): void;
}

export function machineRoom(model: 'hollow' | 'kubelet', podStart: string, podStop: string, nodes = 1): MachineRoom {
  const hub = testHub();
  const program = hub.program('kubelet');
  const fleet = new NodeFleet();
  for (let i = 0; i < nodes; i++) fleet.add(`node-${i}`);
  const pods = program.informer<Pod>(POD, (pod) => pod.spec.nodeName !== '');
  const parts = {
    engine: hub.engine,
    client: program.client('kubelet', model === 'hollow' ? 'system:nodes' : EACH_NODE, 0, 0),
    pods,
    fleet,
    podStart: parseDistribution(podStart, parseDuration),
    podStop: parseDistribution(podStop, parseDuration),
    stream: new Streams(1).stream('kubelet'),
    probe: hub.measurements,
  };
  const worker = model === 'hollow' ? new HollowWorker(parts) : new SyncLoopWorker(parts);
  const kubelets = new Kubelets(pods, fleet, worker);
  program.start();
  hub.engine.run();
  const user = hub.program('user').client('user', 'system:masters', 0, 0);
  const shape = hub.shapes.of({ containers: [{ name: 'c' }], terminationGracePeriodSeconds: 30 });
  return {
    hub,
    kubelets,
    fleet,
    user,
    pod: (name) => hub.store.get(POD, 'default', name) as Pod | undefined,
    createPod(name, nodeName, annotations = {}) {
      const meta = new ObjectMeta({ namespace: 'default', name, annotations });
      user.create(draft(POD, meta, new PodSpec(shape, nodeName), PENDING));
    },
  };
}
