import type { Job } from '../../../api/job.js';
import { JOB, POD } from '../../../api/kind.js';
import type { Labels } from '../../../api/labels.js';
import { ObjectMeta } from '../../../api/meta.js';
import { draft } from '../../../api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../api/pod.js';
import { COMPLETION_INDEX, TRACKING_FINALIZER } from './job-pod.js';
import type { NewPod } from './pod-plan.js';

const FINALIZERS: readonly string[] = Object.freeze([TRACKING_FINALIZER]);

/** A draft of one pod of a Job; the API server completes the name. */
export function newJobPod({ id, metadata, spec }: Job, { index, annotations }: NewPod): Pod {
  const { template } = spec;
  const owner = { kindId: JOB.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
  const count = index < 0 ? undefined : { [COMPLETION_INDEX]: `${index}` };
  const meta = ObjectMeta.of({
    namespace: metadata.namespace,
    name: index < 0 ? `${metadata.name}-` : `${metadata.name}-${index}-`,
    // Assigned: what a spread adds to a copy makes a hidden class for each.
    labels: Object.assign({}, template.labels, jobLabels(id, metadata.name), count),
    annotations: index < 0 ? template.annotations : Object.assign({}, template.annotations, annotations),
    ownerReferences: [owner],
    finalizers: FINALIZERS,
  });
  return draft(POD, meta, new PodSpec(template.shape, ''), PENDING);
}

/** What the API server adds to the template of a Job (batch/job strategy generateSelector). */
function jobLabels(id: number, name: string): Labels {
  return {
    'batch.kubernetes.io/controller-uid': `${id}`,
    'controller-uid': `${id}`,
    'batch.kubernetes.io/job-name': name,
    'job-name': name,
  };
}
