import type { Patch } from '../../../api/patch.js';
import { FinalizerRemoval } from '../../../client/finalizer-removal.js';
import { TRACKING_FINALIZER } from './job-pod.js';

/** Takes the tracking finalizer from a pod (removeTrackingFinalizerPatch). */
export const FINALIZER_RELEASE: Patch = Object.freeze(new FinalizerRemoval(TRACKING_FINALIZER));
