import { parseDuration } from '../../api/duration.js';
import type { Labels } from '../../api/labels.js';
import type { ContainerManifest } from '../../api/pod-manifest.js';
import type { Distribution } from '../../random/distribution.js';
import { parseDistribution } from '../../random/parse-distribution.js';

/** Where a container stands in its pod: before the others, beside them, or one of them. */
export type ContainerRole = 'init' | 'sidecar' | 'app';

/**
 * What a container does of itself, which no manifest says: annotations of its pod do. `hubsim/exit-after.db` speaks of
 * the container `db` alone, `hubsim/exit-after` of all that are neither init containers nor sidecars.
 */
export interface Behaviour {
  /** It ends so long after its start (`hubsim/exit-after`); undefined: it runs on. */
  readonly exitAfter: Distribution | undefined;
  /** With this (`hubsim/exit-code`). */
  readonly exitCode: number;
  /** Only its first so many runs end (`hubsim/exit-runs`). */
  readonly exitRuns: number;
  /** Its startup probe succeeds from so long after its start on (`hubsim/started-after`); undefined: at once. */
  readonly startedAfter: Distribution | undefined;
  /** The same for its readiness probe (`hubsim/ready-after`). */
  readonly readyAfter: Distribution | undefined;
  /** From then on no probe succeeds (`hubsim/hangs-after`); undefined: it never hangs. */
  readonly hangsAfter: Distribution | undefined;
  /** Its preStop hook takes so long (`hubsim/pre-stop`, or `lifecycle.preStop.sleep`). */
  readonly preStop: Distribution | undefined;
}

const PREFIX = 'hubsim/';

const DURATIONS = ['exit-after', 'started-after', 'ready-after', 'hangs-after', 'pre-stop'];
const NUMBERS = ['exit-code', 'exit-runs'];
/** What follows the prefix in the annotations that kubelets read. */
export const BEHAVIOUR_KEYS: readonly string[] = [...DURATIONS, ...NUMBERS];

/** What is wrong with an annotation that begins with `hubsim/`; undefined if nothing is. */
export function behaviourProblem(key: string, text: string): string | undefined {
  const [name = ''] = key.slice(PREFIX.length).split('.');
  if (NUMBERS.includes(name)) return /^[0-9]{1,9}$/.test(text) ? undefined : 'must be a whole number';
  if (!DURATIONS.includes(name)) return 'is nothing that kubelets know';
  try {
    distributionOf(text);
    return undefined;
  } catch (error) {
    return `cannot be read: ${(error as Error).message}`;
  }
}

/** Whether an annotation is meant for hubsim's kubelets. */
export function isBehaviour(key: string): boolean {
  return key.startsWith(PREFIX);
}

/** What annotations that begin with `hubsim/` say of a container. Throws an Error for one that cannot be read. */
export function behaviourOf(annotations: Labels, manifest: ContainerManifest, role: ContainerRole): Behaviour {
  const said = (key: string): string | undefined => {
    const own = annotations[`${PREFIX}${key}.${manifest.name}`];
    return own ?? (role === 'app' ? annotations[PREFIX + key] : undefined);
  };
  const duration = (key: string): Distribution | undefined => distributionOf(said(key));
  return {
    // An init container has a task to end, if only nobody says how long it takes.
    exitAfter: duration('exit-after') ?? (role === 'init' ? AT_ONCE : undefined),
    exitCode: Number(said('exit-code') ?? '0'),
    exitRuns: Number(said('exit-runs') ?? 'Infinity'),
    startedAfter: duration('started-after'),
    readyAfter: duration('ready-after'),
    hangsAfter: duration('hangs-after'),
    preStop: duration('pre-stop') ?? preStopSleep(manifest.lifecycle),
  };
}

/** A duration or a distribution of durations as an annotation has it. */
export function distributionOf(text: string | undefined): Distribution | undefined {
  return text === undefined ? undefined : parseDistribution(text, parseDuration);
}

const AT_ONCE: Distribution = parseDistribution('0s', parseDuration);

interface LifecycleManifest {
  readonly preStop?: { readonly sleep?: { readonly seconds?: number } };
}

/** The one hook whose duration a manifest says (PodLifecycleSleepAction). */
function preStopSleep(lifecycle: unknown): Distribution | undefined {
  const seconds = (lifecycle as LifecycleManifest | undefined)?.preStop?.sleep?.seconds;
  return seconds === undefined ? undefined : distributionOf(`${seconds}s`);
}

/** The annotations that behaviours are read from, as one text; `''` where there are none. */
export function behaviourText(annotations: Labels): string {
  let text = '';
  for (const key in annotations) if (isBehaviour(key)) text += `${key}=${annotations[key]}\n`;
  return text;
}
