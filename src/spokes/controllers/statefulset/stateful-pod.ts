import { CONTROLLER_REVISION_HASH } from '../../../api/controller-revision.js';
import { POD, STATEFUL_SET } from '../../../api/kind.js';
import { ObjectMeta } from '../../../api/meta.js';
import { draft } from '../../../api/object.js';
import { PENDING, type Pod, PodSpec, type PodTemplate } from '../../../api/pod.js';
import type { PodSpecManifest } from '../../../api/pod-manifest.js';
import type { PodShapes } from '../../../api/pod-shapes.js';
import type { StatefulSet, StatefulStorage } from '../../../api/stateful-set.js';
import { claimName, podName } from './ordinal.js';

const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';

/** A draft of the pod of an ordinal, made from the template of a revision (newVersionedStatefulSetPod). */
export function statefulPod(
  { id, metadata, spec }: StatefulSet,
  ordinal: number,
  revision: string,
  { labels, annotations, shape }: PodTemplate,
  shapes: PodShapes,
): Pod {
  const name = podName(metadata.name, ordinal);
  const identity = { [POD_NAME_LABEL]: name, [POD_INDEX_LABEL]: `${ordinal}`, [CONTROLLER_REVISION_HASH]: revision };
  const owner = { kindId: STATEFUL_SET.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
  const meta = ObjectMeta.of({
    namespace: metadata.namespace,
    name,
    // Assigned: what a spread adds to a copy makes a hidden class for each.
    labels: Object.assign({}, labels, identity),
    annotations,
    ownerReferences: [owner],
  });
  const own =
    spec.storage === undefined ? shape : shapes.of(withClaims(shape.spec, spec.storage, metadata.name, ordinal));
  return draft(POD, meta, new PodSpec(own, ''), PENDING);
}

/** The spec with the pod's own claims among its volumes, in place of others of these names (updateStorage). */
function withClaims(
  spec: PodSpecManifest,
  { claims }: StatefulStorage,
  setName: string,
  ordinal: number,
): PodSpecManifest {
  const own = claims.map((template) => ({
    name: template.name,
    persistentVolumeClaim: { claimName: claimName(template, setName, ordinal) },
  }));
  const others = ((spec.volumes ?? []) as readonly { readonly name: string }[]).filter(
    ({ name }) => !claims.some((template) => template.name === name),
  );
  return { ...spec, volumes: [...own, ...others] };
}
