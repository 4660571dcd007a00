import type { ClusterConfig, ContentType } from './config.js';

/** Names of the programs that send and accept JSON alone. */
export function jsonSpeakers({ scheduler, otherSchedulers, controllerManager, kubelet }: ClusterConfig): Set<string> {
  const all: [name: string, contentType: ContentType][] = [
    ['kube-scheduler', scheduler.contentType],
    ...otherSchedulers.map(({ name, config }): [string, ContentType] => [name, config.contentType]),
    ['kube-controller-manager', controllerManager.contentType],
    ['kubelet', kubelet.contentType],
  ];
  return new Set(all.filter(([, contentType]) => contentType === 'application/json').map(([name]) => name));
}
