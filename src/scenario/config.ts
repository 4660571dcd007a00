import type { KindRegistry } from '../api/kind-registry.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { ClusterConfig } from '../cluster/config.js';
import type { LoadedSpoke } from '../cluster/custom-spokes.js';
import type { Profile } from '../cluster/profile.js';
import type { ExperimentConfig } from './experiment.js';
import type { Place } from './place.js';
import type { Step } from './steps/step.js';
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
