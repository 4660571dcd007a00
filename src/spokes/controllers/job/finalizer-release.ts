import type { ApiObject } from '../../../api/object.js';
import type { Patch } from '../../../api/patch.js';
import { TRACKING_FINALIZER } from './job-pod.js';

/** Takes the tracking finalizer from a pod (removeTrackingFinalizerPatch). */
export const FINALIZER_RELEASE: Patch = Object.freeze({
  apply(pod: ApiObject): ApiObject {
    const { finalizers } = pod.metadata;
    if (!finalizers.includes(TRACKING_FINALIZER)) return pod;
    const kept = finalizers.filter((each) => each !== TRACKING_FINALIZER);
    return pod.withMetadata(pod.metadata.with({ finalizers: kept }));
  },
});
