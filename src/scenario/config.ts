import type { DeleteOptions } from '../api/call.js';
import type { JsonObject } from '../api/json.js';
import type { Kind } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { ClusterConfig, NodeSelection, ProcessName, WatchFault } from '../cluster/config.js';
import type { LoadedSpoke } from '../cluster/custom-spokes.js';
import type { Profile } from '../cluster/profile.js';
import type { Distribution } from '../random/distribution.js';
import type { LoadTemplate } from '../spokes/load/load-order.js';
import type { DrainOptions } from '../spokes/user/drain.js';
import type { RolloutVerb } from '../spokes/user/rollout.js';
import type { Condition } from './condition.js';
import type { ExperimentConfig } from './experiment.js';
import type { Rate } from './rate-reader.js';
import type { Temporal } from './temporal.js';

/** A scenario, read and resolved: total, read-only, times in integer virtual nanoseconds, manifests as drafts. */
export interface ScenarioConfig {
  readonly name: string;
  readonly question: string;
  readonly seed: number;
  readonly cluster: ClusterConfig;
  /** The costs that `cluster.profile` names. */
  readonly profile: Profile;
  /** Done one after the other, each converged before the next, all before time zero; their `at` is 0. */
  readonly before: readonly Step[];
  /** In the order of the file. */
  readonly timeline: readonly Step[];
  readonly stop: StopConfig;
  readonly expect: readonly Expectation[];
  /** How often conditions over the live figures are looked at. */
  readonly observeNs: number;
  /** What others have published for the same case, to stand beside the run's own figures. */
  readonly published: readonly Published[];
  /** What a sweep is to make of it. */
  readonly experiment: ExperimentConfig;
  /** The kinds that objects may be of. */
  readonly kinds: KindRegistry;
  /** Spokes of the user's own. */
  readonly spokes: readonly LoadedSpoke[];
  /** The shapes of all pods in the manifests; new templates of a run go there too. */
  readonly shapes: PodShapes;
  /** What the loader accepted but the model leaves out, for the user to see. */
  readonly warnings: readonly string[];
}

export interface StopConfig {
  /** `converged`: when all is as desired or can get no further; `horizon`: run the whole of `atMostNs`. */
  readonly when: 'converged' | 'horizon';
  readonly atMostNs: number;
}

/** A condition over `summary.json`, in CEL. */
export interface Expectation {
  readonly expression: string;
  /** The expression without its parts over time, whose outcomes are the variables `over_time_0`, … */
  readonly rest: string;
  readonly temporals: readonly Temporal[];
  readonly place: Place;
}

/** A figure that somebody published for the real thing. */
export interface Published {
  /** What it counts: `pods bound a second`. */
  readonly figure: string;
  /** CEL over `summary.json` that gives the run's own. */
  readonly value: string;
  readonly atLeast: number;
  /** Who says so. */
  readonly source: string;
}

/** Where in a file something was said; for messages about what only a run can find out. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Path of keys within the document: `timeline[2].scale`. */
  readonly path: string;
}

/** One entry of `before` or `timeline`. */
export type Step =
  | ApplyStep
  | ScaleStep
  | DeleteStep
  | ChangeStep
  | NodeChangeStep
  | RolloutStep
  | DrainStep
  | KillStep
  | NodeFaultStep
  | DemandStep
  | WatchFaultStep
  | LoadStep
  | GroupStep;

interface StepBase {
  /** Virtual time of the step on the clock of its steps, `AT_CONVERGED` or `AT_CONDITION`. */
  readonly atNs: number;
  /** Of `AT_CONDITION`. */
  readonly when?: Condition | undefined;
  readonly repeat?: Repetition | undefined;
  readonly place: Place;
}

/** `at: converged`: when everything before it has converged. */
export const AT_CONVERGED = -1;
/** `at: { when: … }`: when a condition over the live figures has come true. */
export const AT_CONDITION = -2;

/** A step happens again and again. */
export interface Repetition {
  readonly every: Distribution;
  /** In all; -1 without end. */
  readonly times: number;
  /** On the clock of its steps; -1 without end. */
  readonly untilNs: number;
}

/** Steps with a clock of their own, which begins with the group. */
export interface GroupStep extends StepBase {
  readonly action: 'group';
  readonly steps: readonly Step[];
}

/** The steps, and those within groups behind their group, in the order of the file. */
export function stepsWithin(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.action === 'group' ? [step, ...stepsWithin(step.steps)] : [step]));
}

/** An object named as kubectl does: `deployment/web`. */
export interface ObjectName {
  readonly kind: Kind;
  /** `''` for kinds without namespace. */
  readonly namespace: string;
  readonly name: string;
}

export interface ApplyStep extends StepBase {
  readonly action: 'apply';
  /** Drafts in file order. */
  readonly objects: readonly ApiObject[];
  /** What an object was read from; undefined for one that no file has as it is. */
  readonly sourceOf: (object: ApiObject) => JsonObject | undefined;
  /** Concurrent closed-loop clients. */
  readonly clients: number;
}

export interface ScaleStep extends StepBase {
  readonly action: 'scale';
  readonly target: ObjectName;
  readonly replicas: number;
}

export interface DeleteStep extends StepBase {
  readonly action: 'delete';
  readonly target: ObjectName;
  readonly options: DeleteOptions;
}

export const PROPAGATIONS = ['background', 'foreground', 'orphan'] as const;

/** `patch`, `label`, `annotate` and `set-image`. */
export interface ChangeStep extends StepBase {
  readonly action: 'change';
  readonly target: ObjectName;
  readonly change: Patch;
}

/** `taint`, `cordon` and `uncordon`. */
export interface NodeChangeStep extends StepBase {
  readonly action: 'node-change';
  readonly nodes: NodeSelection;
  readonly change: Patch;
}

export interface RolloutStep extends StepBase {
  readonly action: 'rollout';
  readonly verb: RolloutVerb;
  readonly target: ObjectName;
  /** Of an undo; 0 is the one before the latest. */
  readonly toRevision: number;
}

export interface DrainStep extends StepBase {
  readonly action: 'drain';
  readonly nodes: NodeSelection;
  readonly options: DrainOptions;
}

/** `fault: kill`: a process gets SIGKILL and starts again after `forNs`. */
export interface KillStep extends StepBase {
  readonly action: 'kill';
  readonly process: ProcessName;
  /** -1: it never comes back. */
  readonly forNs: number;
}

/** What can happen to nodes, as `fault:` names it. */
export const NODE_FAULTS = ['node-crash', 'node-shutdown', 'node-reboot', 'node-partition', 'node-slow'] as const;
export type NodeFault = (typeof NODE_FAULTS)[number];

/** Something happens to nodes, and passes. */
export interface NodeFaultStep extends StepBase {
  readonly action: 'node-fault';
  readonly fault: NodeFault;
  readonly nodes: NodeSelection;
  /** -1: it never passes. */
  readonly forNs: number;
  /** Of `node-slow`: how many times longer everything takes. */
  readonly factor: number;
}

/** `fault: stale-cache`, `watch-drop` and `watch-delay`: what a program's cache of one kind should hear arrives late. */
export interface WatchFaultStep extends StepBase, WatchFault {
  readonly action: 'watch-fault';
  readonly program: string;
  readonly kind: Kind;
}

/** `demand`: a workload's pods together are asked for so much processor time from then on. */
export interface DemandStep extends StepBase {
  readonly action: 'demand';
  readonly target: ObjectName;
  readonly milliCpu: number;
  /** How long it takes to get there, evenly. */
  readonly overNs: number;
}

/** `load: closed`: clients that each send the next request when the last one was answered; `load: open`: requests at a rate. */
export interface LoadStep extends StepBase {
  readonly action: 'load';
  readonly clients: number;
  readonly verb: LoadVerb;
  /** Plural name, perhaps with a subresource: `configmaps`, `pods/binding`. */
  readonly resource: string;
  /** The objects to create, when `manifest:` names them. */
  readonly manifest: LoadTemplate | undefined;
  /** Where they are; as they say themselves without any. */
  readonly namespaces?: readonly string[];
  /** Of an open load; a closed one has none. */
  readonly rate?: Rate | undefined;
  /** How long what was created, or a watch, is there; undefined = for good. */
  readonly lifetime?: Distribution | undefined;
  /** Of `fault: conflict-storm`: the object that is changed again and again. */
  readonly rival?: ObjectName | undefined;
  /** Requests in all; -1 when `forNs` ends it. */
  readonly count: number;
  /** -1 when `count` ends it. */
  readonly forNs: number;
  /** Size of the data of each object made. */
  readonly bytes: number;
  /** Objects made before time zero to be read, bound or updated. */
  readonly objects: number;
  /** The user or group the requests come from. */
  readonly as: string;
  /** `resourceVersion` of reads: `''` a consistent one, `'0'` any; `undefined` when not given. */
  readonly resourceVersion: string | undefined;
}

export const LOAD_VERBS = ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete'] as const;
export type LoadVerb = (typeof LOAD_VERBS)[number];
