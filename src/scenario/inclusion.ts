import { isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { InputError } from '../api/input-error.js';
import { type ReadFile, readNamed, resolveFile } from './files.js';
import { type Path, Source } from './source.js';

/** Lists of a scenario to which an including file adds; any other list of its own takes the place of the included one. */
const ADDED_TO: ReadonlySet<string> = new Set(['kinds', 'spokes', 'before', 'timeline', 'expect', 'published']);

/**
 * Puts the files that `include:` names under the scenario: their keys hold where its own say nothing, maps are merged,
 * and their steps and expectations come before its own. `chain` are the files on the way here. Throws InputError.
 */
export function includeFiles(source: Source, readFile: ReadFile, chain: readonly string[]): void {
  const { contents } = source.document;
  if (!isMap(contents) || !contents.has('include')) return;
  const named = contents.get('include', true);
  const names = isSeq(named) ? named.items : [named];
  const bases = names.map((name, index) => {
    if (isScalar(name) && typeof name.value === 'string')
      return readBase(name.value, source, isSeq(named) ? ['include', index] : ['include'], readFile, chain);
    throw source.error(['include'], 'expected a file or a list of files', 'write include: cluster.yaml');
  });
  source.edit((document) => {
    contents.delete('include');
    for (const base of [...bases].reverse()) {
      const below = base.document.contents as YAMLMap;
      source.adopt(below, base);
      merge(below, contents, true);
      document.contents = below as unknown as typeof document.contents;
      contents.items = below.items;
    }
  });
}

function readBase(name: string, source: Source, path: Path, readFile: ReadFile, chain: readonly string[]): Source {
  const file = resolveFile(name, source.file);
  if (chain.includes(file))
    throw source.error(path, `these files include each other: ${[...chain, file].join(' → ')}`, 'leave one out');
  const base = new Source(readNamed(readFile, file, source, path), file);
  if (!isMap(base.document.contents))
    throw new InputError('expected a map of keys and values', {
      file,
      remedy: 'an included file is a part of a scenario',
    });
  includeFiles(base, readFile, [...chain, file]);
  return base;
}

/** Lays `over` on `base`, which it changes. */
function merge(base: YAMLMap, over: YAMLMap, top: boolean): void {
  for (const pair of over.items as Pair<Node, Node>[]) {
    const key = String(pair.key);
    const known = (base.items as Pair<Node, Node>[]).find((item) => String(item.key) === key);
    if (known === undefined) base.items.push(pair);
    else if (isMap(known.value) && isMap(pair.value)) merge(known.value, pair.value, false);
    else if (top && ADDED_TO.has(key) && isSeq(known.value) && isSeq(pair.value))
      known.value.items.push(...pair.value.items.filter(isNode));
    else known.value = pair.value;
  }
}
