import type { ApiObject } from './object.js';

/** By these annotations a StorageClass says that it is the one of claims which name none (pkg/volume/util/storageclass.go). */
const IS_DEFAULT = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
] as const;

/** Whether claims that name no class get this one. */
export function isDefault({ metadata }: ApiObject): boolean {
  return IS_DEFAULT.some((annotation) => metadata.annotations[annotation] === 'true');
}
