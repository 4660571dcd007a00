import type { Pod } from './pod.js';

/** By this annotation a pod says that it stands for one that its kubelet has from a file. */
export const MIRROR = 'kubernetes.io/config.mirror';

/** Whether a pod only stands for one that its kubelet has from a file. */
export function isMirror({ metadata }: Pod): boolean {
  return MIRROR in metadata.annotations;
}
