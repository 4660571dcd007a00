import { isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { InputError } from '../api/input-error.js';
import type { Source } from './source.js';
import { unquoted } from './unquoted.js';
import { isOfLoad, Variables } from './variables.js';

/** Rounds of all loops of a file together. */
const ROUNDS_MAX = 10_000;

/**
 * Writes out what a scenario file says in short: `{{ }}` with the variables of `vars:`, and loops, entries of lists
 * that are `{ each: { name: [web, api] }, steps: […] }`. Throws InputError.
 */
export function expand(source: Source): void {
  const { contents } = source.document;
  if (!isMap(contents)) return;
  source.edit(() => new Expansion(source).map(contents, readVariables(contents, source)));
}

/** Each may use those before it. */
function readVariables(contents: YAMLMap, source: Source): Variables {
  const given = contents.get('vars', true);
  let variables = new Variables();
  // What is no map is a mistake for the schema to find.
  if (!isMap(given)) return variables;
  const expansion = new Expansion(source);
  for (const pair of given.items as Pair<Node, Node>[]) {
    if (!isNode(pair.value)) continue;
    pair.value = expansion.node(pair.value, variables);
    variables = variables.with({ [String(pair.key)]: pair.value.toJS(source.document) });
  }
  return variables;
}

/** Where a text stands: in a step, in a manifest that is applied, or in one that a load fills in for each object. */
type Place = 'step' | 'manifest' | 'template';

/** What a key of a step begins. A text of one line is the name of a file. */
function placeOf({ key, value }: Pair<Node, Node>, isLoad: boolean): Place {
  if (String(key) === 'apply' && !isScalar(value)) return 'manifest';
  const isFile = isScalar(value) && !String(value.value).includes('\n');
  return isLoad && String(key) === 'manifest' && !isFile ? 'template' : 'step';
}

function textWith(text: string, variables: Variables, place: Place): unknown {
  if (place === 'template') return variables.fillKnown(text);
  return place === 'manifest' ? variables.fillText(text) : variables.fill(text);
}

class Expansion {
  private readonly source: Source;
  private rounds: number;

  constructor(source: Source) {
    this.source = source;
    this.rounds = 0;
  }

  map(map: YAMLMap, variables: Variables, within: Place = 'step'): void {
    const isLoad = map.has('load');
    for (const pair of map.items as Pair<Node, Node>[]) {
      if (!isNode(pair.value)) continue;
      pair.value = this.node(pair.value, variables, within === 'step' ? placeOf(pair, isLoad) : within);
    }
  }

  /** The node to stand in the place of this one; in a manifest what has quotes remains a text, as `kubectl` sees it. */
  node(node: Node, variables: Variables, within: Place = 'step'): Node {
    if (isScalar(node)) {
      const { value } = node;
      if (typeof value === 'string' && value.includes('{{'))
        return this.filled(node, () => textWith(value, variables, within));
    } else if (isMap(node)) {
      const expression = this.bareBraces(node);
      if (expression !== undefined) {
        const isLater = within === 'template' && isOfLoad(expression);
        return this.filled(node, () => (isLater ? unquoted(expression) : variables.evaluate(expression)));
      }
      this.map(node, variables, within);
    } else if (isSeq(node)) this.list(node, variables, within);
    return node;
  }

  private list(list: YAMLSeq, variables: Variables, within: Place = 'step'): void {
    list.items = list.items.flatMap((item) => {
      if (!isNode(item)) return [item];
      return isMap(item) && item.has('each') ? this.loop(item, variables) : [this.node(item, variables, within)];
    });
  }

  /** `{{ name }}` without quotes is a map in a map to YAML; what stands between the braces. */
  private bareBraces(map: YAMLMap): string | undefined {
    if (map.flow !== true || map.items.length !== 1 || !isMap(map.items[0]!.key)) return undefined;
    const [start, end] = map.range!;
    const text = this.source.originOf(map).text.slice(start, end);
    return /^\{\{.*\}\}$/s.test(text) ? text.slice(2, -2) : undefined;
  }

  private filled(node: Node, value: () => unknown): Node {
    const made = within(this.source, node, () => this.source.document.createNode(value())) as Node;
    return this.inPlaceOf(made, node);
  }

  /** A made node is shown where the one stands that it was made from. */
  private inPlaceOf(made: Node, node: Node): Node {
    made.range = node.range ?? null;
    if (isScalar(made) && isScalar(node) && node.type !== undefined) made.type = node.type;
    this.source.adopt(made, this.source.originOf(node));
    return made;
  }

  private loop(loop: YAMLMap, variables: Variables): Node[] {
    const { source } = this;
    const each = loop.get('each', true);
    const steps = loop.get('steps', true);
    const isWhole = isMap(each) && each.items.length === 1 && isNode(each.items[0]!.value);
    if (loop.items.length !== 2 || !isWhole || !isSeq(steps))
      throw mistake(source, loop, 'this loop is not complete', 'write { each: { name: [web, api] }, steps: [ … ] }');
    const [pair] = each.items as Pair<Node, Node>[];
    const name = String(pair!.key);
    return this.valuesOf(this.node(pair!.value as Node, variables)).flatMap((value) => {
      if (++this.rounds > ROUNDS_MAX)
        throw mistake(source, loop, `the loops have more than ${ROUNDS_MAX} rounds`, 'use load: or times:');
      const round = steps.clone() as YAMLSeq;
      this.takePlaces(round, steps);
      const inner = variables.with({ [name]: value });
      this.list(round, inner);
      for (const item of round.items as Node[]) source.scope(item, inner);
      return round.items as Node[];
    });
  }

  /** The values of a loop: a list, or a number for 0, 1, … below it. */
  private valuesOf(node: Node): readonly unknown[] {
    const value: unknown = node.toJS(this.source.document);
    if (Array.isArray(value)) return value;
    if (Number.isInteger(value) && (value as number) > ROUNDS_MAX)
      throw mistake(this.source, node, `${value} rounds are more than ${ROUNDS_MAX}`, 'use load: or times:');
    if (Number.isInteger(value) && (value as number) >= 0)
      return Array.from({ length: value as number }, (_, index) => index);
    throw mistake(this.source, node, 'a loop goes over a list or a number of rounds', 'write { each: { i: 3 }, … }');
  }

  /** Clones keep their ranges but are not known to be from another file. */
  private takePlaces(clone: Node, original: Node): void {
    const origin = this.source.originOf(original);
    if (origin !== this.source) this.source.adopt(clone, origin);
  }
}

function within<T>(source: Source, node: Node, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof InputError ? error.at(source.placeOfNode(node, [])) : error;
  }
}

function mistake(source: Source, node: Node, message: string, remedy: string): InputError {
  return new InputError(message, { ...source.placeOfNode(node, []), remedy });
}
