/**
 * hubsim as a library: load a scenario, simulate it, look at what was measured.
 *
 * ```ts
 * const scenario = loadScenario('shop.yaml', { readFile: (path) => readFileSync(path, 'utf8') });
 * const { summary } = simulate(scenario);
 * console.log(summary.convergence.seconds);
 * ```
 */
export { InputError, type InputErrorDetail } from './api/input-error.js';
export type { Node } from './api/node.js';
export type { Pod } from './api/pod.js';
export type { RunResult } from './measure/run-result.js';
export type { Summary } from './measure/summary.js';
export type { ScenarioConfig } from './scenario/config.js';
export { type LoadOptions, loadScenario } from './scenario/loader.js';
export { simulate } from './scenario/simulate.js';
export type { SimulateHooks } from './scenario/simulation.js';
export {
  ApiError,
  controllerReference,
  defineKind,
  defineSpoke,
  type KindInit,
  KindRef,
  k8s,
  type Manifest,
  type NewManifest,
  type ObjectKey,
  type OwnerReference,
  type ReconcileKey,
  type ReconcileResult,
  type Reconciliation,
  type Request,
  type SpokeClient,
  SpokeDefinition,
  type SpokeInit,
  type Waitable,
  type Watch,
} from './spokes/custom/index.js';
export {
  ADD,
  type Change,
  DELETE,
  type Hint,
  UPDATE_NODE_ANNOTATION,
  UPDATE_NODE_LABEL,
  type WakeRule,
} from './spokes/scheduler/cluster-event.js';
export type { ClusterView, CustomPlugin } from './spokes/scheduler/custom-plugin.js';
export type { PendingPod, Permission, Plugin, PodFilter, PodScore, Reach } from './spokes/scheduler/plugin.js';
export { type Rejection, unresolvable, unschedulable } from './spokes/scheduler/rejection.js';
export type { WaitingPod, WaitingPodsView } from './spokes/scheduler/waiting-pods.js';
