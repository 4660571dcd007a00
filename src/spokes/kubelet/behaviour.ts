import { unitsOf } from '../../api/amount.js';
import { parseDuration } from '../../api/duration.js';
import type { Labels } from '../../api/labels.js';
import type { ContainerManifest } from '../../api/pod-manifest.js';
import type { Distribution } from '../../random/distribution.js';
import { parseDistribution } from '../../random/parse-distribution.js';
import { METERED, type Metered, type UsagePlan } from './container-usage.js';

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
  /** Its postStart hook takes so long (`hubsim/post-start`, or `lifecycle.postStart.sleep`). */
  readonly postStart: Distribution | undefined;
  /** Its preStop hook takes so long (`hubsim/pre-stop`, or `lifecycle.preStop.sleep`). */
  readonly preStop: Distribution | undefined;
  /** What it uses of its node (`hubsim/memory`, `memory-growth`, `disk`, …, `inodes`, …, `pids`, …); undefined: nobody says. */
  readonly usage: UsagePlan | undefined;
}

const PREFIX = 'hubsim/';

const DURATIONS = [
  'exit-after',
  'started-after',
  'ready-after',
  'hangs-after',
  'post-start',
  'pre-stop',
  'gates-after',
];
const AMOUNTS: readonly string[] = METERED.flatMap((what) => [what, `${what}-growth`]);
const NUMBERS = ['exit-code', 'exit-runs'];
/** What follows the prefix in the annotations that kubelets read. */
export const BEHAVIOUR_KEYS: readonly string[] = [...DURATIONS, ...AMOUNTS, ...NUMBERS];

/** What is wrong with an annotation that begins with `hubsim/`; undefined if nothing is. */
export function behaviourProblem(key: string, text: string): string | undefined {
  const [name = ''] = key.slice(PREFIX.length).split('.');
  if (NUMBERS.includes(name)) return /^[0-9]{1,9}$/.test(text) ? undefined : 'must be a whole number';
  const isAmount = AMOUNTS.includes(name);
  if (!isAmount && !DURATIONS.includes(name)) return 'is nothing that kubelets know';
  try {
    if (isAmount) amountOf(text);
    else distributionOf(text);
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
    postStart: duration('post-start') ?? hookSleep(manifest.lifecycle, 'postStart'),
    preStop: duration('pre-stop') ?? hookSleep(manifest.lifecycle, 'preStop'),
    usage: usageOf((key) => amountOf(said(key))),
  };
}

function usageOf(amount: (key: string) => Distribution | undefined): UsagePlan | undefined {
  if (AMOUNTS.every((key) => amount(key) === undefined)) return undefined;
  const of = (what: Metered) => ({ first: amount(what), growth: amount(`${what}-growth`) });
  return { memory: of('memory'), disk: of('disk'), inodes: of('inodes'), pids: of('pids') };
}

/** How long after its containers a pod's readiness gates are open; undefined: nobody opens them. */
export function gatesAfterOf(annotations: Labels): Distribution | undefined {
  return distributionOf(annotations[`${PREFIX}gates-after`]);
}

/** An amount, of bytes if not of files or processes, or a distribution of amounts as an annotation has it. */
function amountOf(text: string | undefined): Distribution | undefined {
  return text === undefined ? undefined : parseDistribution(text, unitsOf);
}

/** A duration or a distribution of durations as an annotation has it. */
export function distributionOf(text: string | undefined): Distribution | undefined {
  return text === undefined ? undefined : parseDistribution(text, parseDuration);
}

const AT_ONCE: Distribution = parseDistribution('0s', parseDuration);

type Hook = 'postStart' | 'preStop';
type LifecycleManifest = { readonly [Name in Hook]?: { readonly sleep?: { readonly seconds?: number } } };

/** Of hooks, a manifest says only how long a sleep takes (PodLifecycleSleepAction). */
function hookSleep(lifecycle: unknown, hook: Hook): Distribution | undefined {
  const seconds = (lifecycle as LifecycleManifest | undefined)?.[hook]?.sleep?.seconds;
  return seconds === undefined ? undefined : distributionOf(`${seconds}s`);
}

/** The annotations that behaviours are read from, as one text; `''` where there are none. */
export function behaviourText(annotations: Labels): string {
  let text = '';
  for (const key in annotations) if (isBehaviour(key)) text += `${key}=${annotations[key]}\n`;
  return text;
}
