import { isMap, isNode, isScalar, isSeq, type Node, YAMLMap } from 'yaml';
import { InputError } from '../api/input-error.js';
import { CLUSTER_KEYS } from './schema-cluster.js';
import { formatPath, type Path, Source } from './source.js';
import { suggest } from './suggest.js';

/** A value that takes the place of what a scenario says: an experiment changes it, or the command line. */
export interface Setting {
  /** `controllerManager.kubeApiQps`, `timeline[0].replicas`: from the top of the scenario, or within `cluster`. */
  readonly path: string;
  readonly value: unknown;
  /** How the user said it, for messages: `--set seed=7`; without it the setting stands where the old value does. */
  readonly label?: string;
}

const PART = /(?:^|\.)([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,6})\]|\["([^"]*)"\]/y;

/** The path of a setting in the document. Throws InputError when it is none. */
export function settingPath(text: string): Path {
  const path: (string | number)[] = [];
  PART.lastIndex = 0;
  for (let at = 0; at < text.length; at = PART.lastIndex) {
    PART.lastIndex = at;
    const part = PART.exec(text);
    if (part === null)
      throw new InputError(`${JSON.stringify(text)} is not the path of a setting`, {
        value: text,
        remedy: 'write it as controllerManager.kubeApiQps or timeline[0].replicas',
      });
    path.push(part[2] === undefined ? (part[1] ?? part[3]!) : Number(part[2]));
  }
  if (path.length === 0)
    throw new InputError('a setting needs a path', { remedy: 'such as controllerManager.kubeApiQps' });
  return CLUSTER_KEYS.includes(String(path[0])) ? ['cluster', ...path] : path;
}

/** What `--set` takes, `cluster.nodes[0].count=500`, the value as YAML writes it. Throws InputError. */
export function parseSetting(text: string): Setting {
  const label = `--set ${text}`;
  const equals = text.indexOf('=');
  if (equals <= 0)
    throw new InputError(`${label} sets nothing`, {
      value: text,
      remedy: 'write --set KEY=VALUE, like --set cluster.nodes[0].count=500',
    });
  return optionSetting(label, text.slice(0, equals).trim(), text.slice(equals + 1));
}

/** What an option of the command line sets. Throws InputError when the path or the value cannot be read. */
export function optionSetting(label: string, path: string, value: string): Setting {
  try {
    settingPath(path);
  } catch (error) {
    throw new InputError(`${label}: ${(error as Error).message}`, { remedy: (error as InputError).remedy ?? '' });
  }
  return { path, value: value.trim() === '' ? '' : new Source(value, label).value, label };
}

/** Puts the value in its place; the maps on the way there are made. Throws InputError when there is no such place. */
export function change(source: Source, { path: text, value, label }: Setting): void {
  const path = settingPath(text);
  const origin = label === undefined ? undefined : new Source('', label);
  source.edit((document) => {
    document.contents ??= new YAMLMap() as unknown as typeof document.contents;
    put(source, parentOf(source, path, origin), path.at(-1)!, document.createNode(value) as Node, origin);
  });
}

/** An entry of a map or list, shown at its origin, or where the old one or the whole is. */
function put(source: Source, parent: Node, key: string | number, node: Node, origin: Source | undefined): void {
  const old = (parent as YAMLMap).get(key, true) as unknown;
  const keyNode = source.document.createNode(key) as Node;
  const shown = isNode(old) ? old : parent;
  for (const made of [node, keyNode]) {
    if (origin === undefined) made.range = shown.range ?? null;
    source.adopt(made, origin ?? source.originOf(shown));
  }
  if (isSeq(parent)) parent.items[key as number] = node;
  else (parent as YAMLMap).set(isNode(old) ? key : keyNode, node);
}

/** The map or list that holds what the path ends in. */
function parentOf(source: Source, path: Path, origin: Source | undefined): Node {
  let node = source.document.contents as Node;
  for (const [at, part] of path.entries()) {
    const problem = misfit(node, part, path.slice(0, at));
    if (problem !== undefined) {
      const place = origin === undefined ? source.placeOfNode(node, path) : {};
      const said = origin?.file ?? 'a setting';
      throw new InputError(`${said}: ${problem.message}`, { ...place, remedy: problem.remedy });
    }
    if (at === path.length - 1) break;
    const child = (node as YAMLMap).get(part, true) as unknown;
    if (isNode(child) && !(isScalar(child) && child.value === null)) node = child;
    else {
      const made = new YAMLMap();
      put(source, node, part, made, origin);
      node = made;
    }
  }
  return node;
}

/** Why `part` cannot be in `node`, which stands at `path`. */
function misfit(node: Node, part: string | number, path: Path): { message: string; remedy: string } | undefined {
  const there = path.length === 0 ? 'the scenario' : formatPath(path);
  if (typeof part === 'number') {
    if (!isSeq(node)) return { message: `${there} is no list`, remedy: 'leave the [N] out' };
    if (part < node.items.length) return undefined;
    return { message: `${there} has ${node.items.length} entries`, remedy: 'they are counted from 0' };
  }
  if (!isMap(node)) {
    const remedy = isSeq(node) ? `write ${there}[0].${part}` : `${there} takes a value of its own`;
    return { message: `${there} is no map`, remedy };
  }
  if (path.length !== 1 || path[0] !== 'vars' || node.has(part)) return undefined;
  const names = node.items.map(({ key }) => String(key));
  return { message: `there is no variable ${part}`, remedy: suggest(part, names) };
}
