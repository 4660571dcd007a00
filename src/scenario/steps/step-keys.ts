import * as z from 'zod';
import type { Labels } from '../../api/labels.js';
import { labelKeyProblem, labelValueProblem } from '../../api/names.js';
import type { NodeSelection } from '../../cluster/config.js';
import type { NodesInput } from '../node-selection.js';
import type { ObjectName } from '../object-name.js';
import { count, duration, section } from '../schema-values.js';

/** An object as kubectl names it. */
export function objectKey(description: string): z.ZodString {
  return z.string().describe(`${description}, as deployment/web`);
}

/** Beside every `objectKey`. */
export const NAMESPACE_KEY: { readonly namespace: z.ZodOptional<z.ZodString> } = {
  namespace: z.string().optional().describe('Namespace of the object; default'),
};

export const GRACE_PERIOD_KEY: { readonly gracePeriod: z.ZodOptional<z.ZodType<number>> } = {
  gracePeriod: duration('Grace of the pods, in whole seconds; their own without it').optional(),
};

const labels = z.record(z.string(), z.string()).superRefine((given, context) => {
  for (const [key, value] of Object.entries(given)) {
    const [of, problem] = labelProblem(key, value);
    if (problem !== undefined) context.addIssue({ code: 'custom', path: [key], message: `${of} ${problem}` });
  }
});

function labelProblem(key: string, value: string): [string, string | undefined] {
  const ofKey = labelKeyProblem(key);
  return ofKey === undefined ? ['the value', labelValueProblem(value)] : ['the key', ofKey];
}

/** The value of the label of that name. */
const zone = z.string().superRefine((value, context) => {
  const problem = labelValueProblem(value);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `the value ${problem}` });
});

const someNodes = section(
  {
    any: count(1, 'How many'),
    zone: zone.optional().describe('Of this zone alone'),
    labels: labels.optional().describe('Of those with these labels alone'),
  },
  'Some nodes, drawn anew each time',
);

/** A name, names, or nodes by what they have in common. */
const ends = z.union([
  z.string(),
  z.array(z.string()),
  section({ zone }, 'The nodes of a zone'),
  section({ labels }, 'The nodes with some labels'),
  someNodes,
]);

/** Nodes in any of the ways to name them. */
export function nodesKey(does: string): z.ZodType<NodesInput> {
  return ends.describe(
    `${does}: node/NAME, all, a list of names, { zone: NAME }, { labels: { KEY: VALUE } }, or { any: COUNT } of a zone or with labels to draw some`,
  );
}

/** An end of a link, in any of the ways to name it. */
export function linkEndKey(does: string): z.ZodType<NodesInput> {
  return ends.describe(
    `${does}: COMPONENT or COMPONENT/INDEX of api-server, etcd, etcd-events, scheduler, controller-manager, load, watchers or a spoke of your own; kubectl; nodes for all of them, node/NAME, a list of names, { zone: NAME }, { labels: { KEY: VALUE } } or { any: COUNT }`,
  );
}

/** `deployment/web`. */
export function objectText({ kind, name }: Pick<ObjectName, 'kind' | 'name'>): string {
  return `${kind.name.toLowerCase()}/${name}`;
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

/** Nodes as reports name them. */
export function nodesText(selection: NodeSelection): string {
  if (selection.by === 'all') return 'all nodes';
  if (selection.by === 'zone') return `zone ${selection.zone}`;
  if (selection.by === 'labels') return `nodes with ${labelText(selection.labels)}`;
  if (selection.by === 'chance') return `any ${selection.count} nodes`;
  return selection.names.length === 1 ? selection.names[0]! : `${selection.names.length} nodes`;
}
