import type { PodSpecManifest } from './pod-manifest.js';

/** The account of pods that name none; every namespace has one. */
export const DEFAULT_ACCOUNT = 'default';

/** The service account that a pod runs as; `serviceAccount` is the old name of the field. */
export function accountOf({ serviceAccountName, serviceAccount }: PodSpecManifest): string {
  return (serviceAccountName as string) || (serviceAccount as string) || DEFAULT_ACCOUNT;
}
