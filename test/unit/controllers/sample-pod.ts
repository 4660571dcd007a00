import { POD } from '../../../src/api/kind.js';
import { type MetaInit, ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { type Pod, PodSpec, PodStatus } from '../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';

const PLAIN: PodSpecManifest = { containers: [{ name: 'c', image: 'i' }] };

/** What a sample differs in from a pod that has been running and ready since time zero. */
export interface Sample {
  readonly id?: number;
  readonly meta?: Partial<MetaInit>;
  readonly status?: Partial<PodStatus>;
  readonly nodeName?: string;
  readonly spec?: PodSpecManifest;
}

/** A pod for a test. */
export function samplePod(name: string, { id = 0, meta, status, nodeName = 'n', spec = PLAIN }: Sample = {}): Pod {
  const metadata = ObjectMeta.of({ namespace: 'default', name, creationTimestampNs: 0, ...meta });
  const podStatus = PodStatus.of({ phase: 'Running', ready: true, readySinceNs: 0, startTimeNs: 0, ...status });
  return draft(POD, metadata, new PodSpec(new PodShapes().of(spec), nodeName), podStatus).stamped(id, 1, metadata);
}
