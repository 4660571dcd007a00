import {
  DEFAULT_CHOICES,
  EXTENSION_POINTS,
  type ExtensionPoint,
  type PluginChoice,
} from '../spokes/scheduler/plugin-choice.js';

/** `enabled` and `disabled` of one extension point as a profile writes them. */
export interface PluginSetInput {
  readonly enabled?: readonly { readonly name: string; readonly weight?: number | undefined }[] | undefined;
  readonly disabled?: readonly { readonly name: string }[] | undefined;
}

/** The points that a profile may write; those that are no `ExtensionPoint` change nothing here. */
export const POINT_NAMES = [
  'multiPoint',
  'preEnqueue',
  'queueSort',
  'preFilter',
  'filter',
  'postFilter',
  'preScore',
  'score',
  'reserve',
  'permit',
  'preBind',
  'bind',
  'postBind',
] as const;
export type PointName = (typeof POINT_NAMES)[number];

export type PluginsInput = { readonly [P in PointName]?: PluginSetInput | undefined };

interface Weighted {
  readonly name: string;
  readonly weight: number;
}

/**
 * What a profile uses, from the defaults and what it changes: each point takes what `multiPoint` has, less what it
 * disables, and what it enables itself (apis/config/v1 mergePlugins, framework/runtime expandMultiPointPlugins).
 */
export function choosePlugins(input: PluginsInput): readonly PluginChoice[] {
  const multi = merged(input.multiPoint);
  const byPoint = new Map<ExtensionPoint, readonly string[]>();
  for (const point of EXTENSION_POINTS) byPoint.set(point, namesAt(multi, input[point]));
  const order = new Set([...byPoint.get('filter')!, ...multi.map(({ name }) => name), ...[...byPoint.values()].flat()]);
  const weights = new Map(multi.map(({ name, weight }) => [name, weight]));
  for (const { name, weight = 1 } of input.score?.enabled ?? []) weights.set(name, weight);
  return [...order].map((name) => ({
    name,
    weight: weights.get(name) ?? 1,
    points: new Set(EXTENSION_POINTS.filter((point) => byPoint.get(point)!.includes(name))),
  }));
}

/** Whether a plugin is on at a point that must have one. */
export function isOn(input: PluginsInput, point: PointName, name: string): boolean {
  return namesAt(merged(input.multiPoint), input[point]).includes(name);
}

/** The defaults of all points, changed in place and added to. */
function merged(input: PluginSetInput = {}): readonly Weighted[] {
  const enabled = new Map((input.enabled ?? []).map(({ name, weight = 1 }) => [name, { name, weight }]));
  const kept = DEFAULT_CHOICES.filter(({ name }) => !isDisabled(input, name)).map(
    (one) => enabled.get(one.name) ?? one,
  );
  const names = new Set(kept.map(({ name }) => name));
  return [...kept, ...[...enabled.values()].filter(({ name }) => !names.has(name))];
}

function namesAt(multi: readonly Weighted[], input: PluginSetInput = {}): readonly string[] {
  const explicit = (input.enabled ?? []).map(({ name }) => name);
  const fromMulti = multi.map(({ name }) => name).filter((name) => !isDisabled(input, name));
  const overridden = explicit.filter((name) => fromMulti.includes(name));
  return [...new Set([...overridden, ...fromMulti, ...explicit])];
}

function isDisabled({ disabled = [] }: PluginSetInput, name: string): boolean {
  return disabled.some((one) => one.name === name || one.name === '*');
}
