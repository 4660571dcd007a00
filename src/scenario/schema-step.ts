import { z } from 'zod';
import { KILLABLE, type WatchFault } from '../cluster/config.js';
import type { Distribution } from '../random/distribution.js';
import type { MetadataValues } from '../spokes/user/metadata-change.js';
import { ROLLOUT_VERBS, type RolloutVerb } from '../spokes/user/rollout.js';
import { AT_CONVERGED, type NodeFault, PROPAGATIONS } from './config.js';
import type { Rate } from './rate-reader.js';
import { type LoadInput, loadShape, rate } from './schema-load.js';
import { count, distribution, duration, parsed, parsePositiveDuration, section } from './schema-values.js';

/** One entry of `timeline:` or `before:` as written; which keys are there says what it does. */
export type StepInput = {
  readonly at?: number | WhenInput | undefined;
  readonly every?: Distribution | undefined;
  readonly times?: number | undefined;
  readonly until?: number | undefined;
  readonly namespace?: string | undefined;
} & ActionInput;

/** A condition over the live figures. */
export interface WhenInput {
  readonly when: string;
}

export type ActionInput =
  | { readonly apply: string; readonly clients?: number | undefined }
  | { readonly scale: string; readonly replicas: number }
  | DeleteInput
  | { readonly patch: string; readonly with: Readonly<Record<string, unknown>> }
  | { readonly label: string; readonly labels: MetadataValues }
  | { readonly annotate: string; readonly annotations: MetadataValues }
  | { readonly 'set-image': string; readonly images: Readonly<Record<string, string>> }
  | RolloutInput
  | { readonly taint: NodesInput; readonly taints: readonly string[] }
  | { readonly cordon: NodesInput }
  | { readonly uncordon: NodesInput }
  | DrainInput
  | { readonly fault: 'kill'; readonly target: string; readonly for?: number | undefined }
  | WatchFaultInput
  | NodeFaultInput
  | DemandInput
  | LoadInput
  | ConflictStormInput
  | { readonly steps: readonly StepInput[] }
  | { readonly scenario: string };

/** `node/node-0004`, `all`, names in a list, or those of a zone. */
export type NodesInput =
  | string
  | readonly string[]
  | { readonly zone: string }
  | { readonly any: number; readonly zone?: string | undefined };

export interface DeleteInput {
  readonly delete: string;
  readonly propagation?: (typeof PROPAGATIONS)[number] | undefined;
  readonly gracePeriod?: number | undefined;
}

export interface RolloutInput {
  readonly rollout: RolloutVerb;
  readonly target: string;
  readonly toRevision?: number | undefined;
}

export interface DrainInput {
  readonly drain: NodesInput;
  readonly force?: boolean | undefined;
  readonly gracePeriod?: number | undefined;
  readonly timeout?: number | undefined;
}

export interface NodeFaultInput {
  readonly fault: NodeFault;
  readonly nodes: NodesInput;
  readonly for?: number | undefined;
  readonly factor?: number | undefined;
}

export interface DemandInput {
  readonly demand: string;
  readonly cpu: string | number;
  readonly over?: number | undefined;
}

export interface ConflictStormInput {
  readonly fault: 'conflict-storm';
  readonly target: string;
  readonly rate: Rate;
  readonly for: number;
}

export interface WatchFaultInput {
  readonly fault: WatchFault['fault'];
  readonly target: string;
  readonly resource: string;
  readonly for?: number | undefined;
  readonly delay?: Distribution | undefined;
}

const watch = {
  target: z.string().describe('Program: kube-scheduler, kube-controller-manager, kubelet, or a spoke of your own'),
  resource: z.string().describe('Plural name: configmaps'),
};

/** In `before`, another scenario may stand for the state it leads to. */
const include = { scenario: z.string().describe('Another scenario file: its before and timeline are done first') };

const name = (description: string): z.ZodString => z.string().describe(`${description}, as deployment/web`);
const namespace = { namespace: z.string().optional().describe('Namespace of the object; default') };

const someNodes = section(
  { any: count(1, 'How many'), zone: z.string().optional().describe('Of this zone alone') },
  'Some nodes, drawn anew each time',
);
export const nodes = (does: string): z.ZodType<NodesInput> =>
  z
    .union([z.string(), z.array(z.string()), section({ zone: z.string() }, 'The nodes of a zone'), someNodes])
    .describe(`${does}: node/NAME, all, a list of names, { zone: NAME }, or { any: COUNT, zone: NAME } to draw some`);
const values = (what: string): z.ZodType<MetadataValues> =>
  z.record(z.string(), z.string().nullable()).describe(`${what}; null takes one away`);
const gracePeriod = {
  gracePeriod: duration('Grace of the pods, in whole seconds; their own without it').optional(),
};

const actions = {
  apply: {
    apply: z.string().describe('Manifest file, relative to this file'),
    clients: count(1, 'Concurrent clients').optional(),
  },
  scale: { scale: name('Workload to scale'), replicas: count(0, 'Replicas wanted'), ...namespace },
  delete: {
    delete: name('Object to delete'),
    propagation: z
      .enum(PROPAGATIONS)
      .optional()
      .describe('What becomes of what it owns: deleted after it, before it, or left alone'),
    ...gracePeriod,
    ...namespace,
  },
  patch: {
    patch: name('Object to change'),
    with: z.record(z.string(), z.unknown()).describe('JSON merge patch'),
    ...namespace,
  },
  label: { label: name('Object to label'), labels: values('Labels'), ...namespace },
  annotate: { annotate: name('Object to annotate'), annotations: values('Annotations'), ...namespace },
  setImage: {
    'set-image': name('Workload or pod to change'),
    images: z.record(z.string(), z.string()).describe('Images by container; * stands for all containers'),
    ...namespace,
  },
  rollout: {
    rollout: z.enum(ROLLOUT_VERBS).describe('As kubectl rollout'),
    target: name('Workload'),
    toRevision: count(0, 'Revision to go back to with undo; the one before the latest without it').optional(),
    ...namespace,
  },
  taint: {
    taint: nodes('Nodes to taint'),
    taints: z.array(z.string()).describe('Taints: key=value:NoExecute; key:NoExecute- or key- takes one away'),
  },
  cordon: { cordon: nodes('Nodes that no pod may come to any more') },
  uncordon: { uncordon: nodes('Nodes that pods may come to again') },
  drain: {
    drain: nodes('Nodes to empty, one after the other'),
    force: z.boolean().optional().describe('Whether pods go that no controller makes again'),
    ...gracePeriod,
    timeout: duration('After that no eviction is tried again; never without it').optional(),
  },
  kill: {
    fault: z.literal('kill').describe('A process dies at once'),
    target: z.string().describe(`COMPONENT/INDEX, COMPONENT one of ${KILLABLE.join(', ')}`),
    for: duration('Until it starts again; never without it').optional(),
  },
  nodeCrash: {
    fault: z.literal('node-crash').describe('Nodes fall silent, and all that runs there is lost'),
    nodes: nodes('Nodes'),
    for: duration('Until they are back; never without it').optional(),
  },
  staleCache: {
    fault: z.literal('stale-cache').describe('What a program hears of one kind of objects comes late'),
    ...watch,
    for: duration('How long nothing arrives; then all of it at once'),
  },
  watchDrop: {
    fault: z.literal('watch-drop').describe('The connection of a watch breaks, and the program opens it again'),
    ...watch,
    for: duration('How long no connection can be made; 0s').optional(),
  },
  watchDelay: {
    fault: z.literal('watch-delay').describe('What a watch sends takes longer on its way'),
    ...watch,
    delay: distribution('How much longer'),
    for: duration('How long that is so'),
  },
  conflictStorm: {
    fault: z
      .literal('conflict-storm')
      .describe('Somebody changes an object again and again, so that updates of others lose'),
    target: name('Object'),
    rate,
    for: duration('How long'),
    ...namespace,
  },
  nodeShutdown: {
    fault: z.literal('node-shutdown').describe('Nodes are switched off after kubelet.shutdownGracePeriod'),
    nodes: nodes('Nodes'),
    for: duration('Until they are back; never without it').optional(),
  },
  nodeReboot: {
    fault: z.literal('node-reboot').describe('Nodes shut down, and are back after kubelet.nodeBoot'),
    nodes: nodes('Nodes'),
  },
  nodePartition: {
    fault: z.literal('node-partition').describe('Nodes run on, cut off from the API server'),
    nodes: nodes('Nodes'),
    for: duration('Until they can reach it again; never without it').optional(),
  },
  nodeSlow: {
    fault: z.literal('node-slow').describe('Containers take longer to start and to end'),
    nodes: nodes('Nodes'),
    factor: z.number().min(1).describe('How many times longer'),
    for: duration('Until they are as before; never without it').optional(),
  },
  demand: {
    demand: name('Workload whose ready pods share the work'),
    cpu: z.union([z.string(), z.number()]).describe('Processors that the work needs, from then on: 20, or 500m'),
    over: duration('How long it takes to become so much, evenly').optional(),
    ...namespace,
  },
  load: loadShape,
};

const time: z.ZodType<number> = parsed(
  (text) => (text === 'converged' ? AT_CONVERGED : parsePositiveDuration(text)),
  'Virtual time since time zero, or `converged`: when all before it has converged',
);
const at: z.ZodType<number | WhenInput> = z.union([
  time,
  section(
    { when: z.string().describe('CEL over the live figures') },
    'When a condition has come true, and the step before it has begun',
  ),
]);

const repetition = {
  every: distribution('Again and again, so far apart; the objects of an apply get names with -0, -1, …').optional(),
  times: count(1, 'How often in all').optional(),
  until: duration('No more after this time').optional(),
};

const nested: z.ZodType<StepInput> = z.unknown().transform((step, context): StepInput => {
  const result = timelineStepSchema.safeParse(step);
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.issues.push({ ...issue, input: step } as z.core.$ZodRawIssue);
  return z.NEVER;
});
const group = {
  steps: z.array(nested).describe('Steps whose times count from when the group begins'),
};

const timed = Object.values({ ...actions, group }).map((shape) =>
  section({ at, ...shape, ...repetition }, 'A step of the timeline'),
);
const untimed = [...Object.values(actions), include].map((shape) => section(shape, 'A step before time zero'));

export const timelineStepSchema: z.ZodType<StepInput> = z.union(timed) as unknown as z.ZodType<StepInput>;
export const beforeStepSchema: z.ZodType<StepInput> = z.union(untimed) as unknown as z.ZodType<StepInput>;
