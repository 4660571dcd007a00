import type { Pod } from '../../api/pod.js';

/** How a kubelet brings a pod up and takes it down; each is asked once a pod. */
export interface PodWorker {
  start(pod: Pod): void;
  stop(pod: Pod): void;
}
