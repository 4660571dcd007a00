import { CONTROLLER_REVISION_HASH } from '../../../api/controller-revision.js';
import { POD, STATEFUL_SET } from '../../../api/kind.js';
import { ObjectMeta } from '../../../api/meta.js';
import { draft } from '../../../api/object.js';
import { PENDING, type Pod, PodSpec, type PodTemplate } from '../../../api/pod.js';
import type { StatefulSet } from '../../../api/stateful-set.js';
import { podName } from './ordinal.js';

const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';

/** A draft of the pod of an ordinal, made from the template of a revision (newVersionedStatefulSetPod). */
export function statefulPod(
  { id, metadata }: StatefulSet,
  ordinal: number,
  revision: string,
  { labels, annotations, shape }: PodTemplate,
): Pod {
  const name = podName(metadata.name, ordinal);
  const identity = { [POD_NAME_LABEL]: name, [POD_INDEX_LABEL]: `${ordinal}`, [CONTROLLER_REVISION_HASH]: revision };
  const owner = { kindId: STATEFUL_SET.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
  const meta = new ObjectMeta({
    namespace: metadata.namespace,
    name,
    labels: { ...labels, ...identity },
    annotations,
    ownerReferences: [owner],
  });
  return draft(POD, meta, new PodSpec(shape, ''), PENDING);
}
