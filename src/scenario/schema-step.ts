import { z } from 'zod';
import { COMPONENTS, LOAD_VERBS, type LoadVerb } from './config.js';
import { count, duration, parsed, parsePositiveDuration, section } from './schema-values.js';

/** One entry of `timeline:` or `before:` as written; which keys are there says what it does. */
export type StepInput = { readonly at?: number | undefined; readonly namespace?: string | undefined } & ActionInput;

export type ActionInput =
  | ApplyInput
  | { readonly scale: string; readonly replicas: number }
  | { readonly delete: string }
  | { readonly patch: string; readonly with: Readonly<Record<string, unknown>> }
  | { readonly taint: string; readonly taints: readonly string[] }
  | { readonly fault: 'kill'; readonly target: string; readonly for?: number | undefined }
  | { readonly fault: 'node-crash'; readonly nodes: NodesInput; readonly for?: number | undefined }
  | ({ readonly load: 'closed' } & LoadInput)
  | { readonly scenario: string };

/** An apply may be repeated: `times`, one `every` so long. */
export interface ApplyInput {
  readonly apply: string;
  readonly clients?: number | undefined;
  readonly every?: number | undefined;
  readonly times?: number | undefined;
}

export type NodesInput = 'all' | readonly string[] | { readonly zone: string };

export interface LoadInput {
  readonly clients?: number | undefined;
  readonly verb: LoadVerb;
  readonly resource?: string | undefined;
  readonly manifest?: string | undefined;
  readonly count?: number | undefined;
  readonly for?: number | undefined;
  readonly bytes?: number | undefined;
  readonly objects?: number | undefined;
  readonly as?: string | undefined;
  readonly resourceVersion?: string | undefined;
}

/** In `before`, another scenario may stand for the state it leads to. */
const include = { scenario: z.string().describe('Another scenario file: its before and timeline are done first') };

const name = (description: string): z.ZodString => z.string().describe(`${description}, as deployment/web`);
const namespace = { namespace: z.string().optional().describe('Namespace of the object; default') };

const load = {
  load: z.literal('closed').describe('Clients that send the next request when the last one was answered'),
  clients: count(1, 'Concurrent clients').optional(),
  verb: z.enum(LOAD_VERBS).describe('What they do'),
  resource: z.string().optional().describe('Plural name, perhaps with a subresource: configmaps, pods/binding'),
  manifest: z.string().optional().describe('File of the object to create'),
  count: count(1, 'Requests in all').optional(),
  for: duration('How long').optional(),
  bytes: count(0, 'Size of the data of each object').optional(),
  objects: count(1, 'Objects made before time zero to be read, bound or changed').optional(),
  as: z.string().optional().describe('User or group the requests come from'),
  resourceVersion: z.string().optional().describe('Of reads: "" a consistent one, "0" any'),
};

const actions = {
  apply: {
    apply: z.string().describe('Manifest file, relative to this file'),
    clients: count(1, 'Concurrent clients').optional(),
  },
  scale: { scale: name('Workload to scale'), replicas: count(0, 'Replicas wanted'), ...namespace },
  delete: { delete: name('Object to delete'), ...namespace },
  patch: {
    patch: name('Object to change'),
    with: z.record(z.string(), z.unknown()).describe('JSON merge patch'),
    ...namespace,
  },
  taint: { taint: name('Node to taint'), taints: z.array(z.string()).describe('Taints: key=value:NoExecute') },
  kill: {
    fault: z.literal('kill').describe('A process dies at once'),
    target: z.string().describe(`COMPONENT/INDEX, COMPONENT one of ${COMPONENTS.join(', ')}`),
    for: duration('Until it starts again; never without it').optional(),
  },
  nodeCrash: {
    fault: z.literal('node-crash').describe('Nodes fall silent'),
    nodes: z.union([z.literal('all'), z.array(z.string()), section({ zone: z.string() }, 'The nodes of a zone')]),
    for: duration('Until they are back; never without it').optional(),
  },
  load,
};

const at: z.ZodType<number> = parsed(
  (text) => (text === 'converged' ? -1 : parsePositiveDuration(text)),
  'Virtual time since time zero, or `converged`: when all before it has converged',
);

const repeatable = {
  ...actions.apply,
  every: duration('Again and again, so far apart; the names of the objects get -0, -1, …').optional(),
  times: count(1, 'How often').optional(),
};

const timed = Object.values({ ...actions, apply: repeatable }).map((shape) =>
  section({ at, ...shape }, 'A step of the timeline'),
);
const untimed = [...Object.values(actions), include].map((shape) => section(shape, 'A step before time zero'));

export const timelineStepSchema: z.ZodType<StepInput> = z.union(timed) as unknown as z.ZodType<StepInput>;
export const beforeStepSchema: z.ZodType<StepInput> = z.union(untimed) as unknown as z.ZodType<StepInput>;
