/** What spokes written outside are made of: their modules import it as `hubsim`. */
export { ApiError } from './api-error.js';
export { defineKind, type KindInit, KindRef } from './kind-definition.js';
export { k8s } from './kubernetes-kinds.js';
export {
  controllerReference,
  type Manifest,
  type NewManifest,
  type ObjectKey,
  type OwnerReference,
} from './manifest.js';
export type { Request, Waitable } from './request.js';
export type { SpokeClient } from './spoke-client.js';
export {
  defineSpoke,
  type ReconcileKey,
  type ReconcileResult,
  type Reconciliation,
  SpokeDefinition,
  type SpokeInit,
  type Watch,
} from './spoke-definition.js';
