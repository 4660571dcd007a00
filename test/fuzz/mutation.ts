import { isMap, isSeq, type Node, parseDocument, Scalar, visit } from 'yaml';
import type { Stream } from '../../src/random/stream.js';

/** What gets in the way of programs that read files. */
const STRANGE = [
  '-1',
  '0',
  '1e308',
  '.nan',
  '9007199254740993',
  '10000000',
  '1.5',
  '-0',
  '""',
  'null',
  '~',
  'true',
  '{}',
  '[]',
  '[ [] ]',
  '{{ x }}',
  '"{{ 1 / 0 }}"',
  '&a [*a]',
  '*b',
  '!!binary xyz',
  '!<tag:x> 1',
  '"\\u0000"',
  'ünïcode-☃',
  '-5s',
  '0s',
  '1e9h',
  'lognormal(p50=1ms, p99=0ms)',
  'exponential(mean=)',
  'pareto(scale=1ms, shape=0)',
  'converged',
  'deployment/',
  '/x',
  'a/b/c',
  '__proto__',
  'constructor',
  '../../etc',
  'a.yaml',
  '1Ki',
  '1e3Gi',
  '0.1m',
  '1..5',
  '"*"',
  '110%',
  '@daily',
];
const TOKENS = [
  ': ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '#',
  '|',
  '>',
  '&a ',
  '*a',
  '!',
  '%',
  '\t',
  '\n',
  '\n\n',
  ',',
  '{{',
  '}}',
  '---\n',
  '\r',
  '\0',
];

/** One change of a text, drawn from the stream; `words` are those of all texts. */
export function mutated(text: string, stream: Stream, words: readonly string[]): string {
  const kinds = [cut, insert, swapLines, dropLine, doubleLine, swapWord, strangeWord, reshape, reshape, reshape];
  return kinds[stream.below(kinds.length)]!(text, stream, words);
}

function cut(text: string, stream: Stream): string {
  const from = stream.below(text.length + 1);
  return text.slice(0, from) + text.slice(from + stream.below(20));
}

function insert(text: string, stream: Stream): string {
  const at = stream.below(text.length + 1);
  return text.slice(0, at) + TOKENS[stream.below(TOKENS.length)] + text.slice(at);
}

function dropLine(text: string, stream: Stream): string {
  const lines = text.split('\n');
  lines.splice(stream.below(lines.length), 1);
  return lines.join('\n');
}

function doubleLine(text: string, stream: Stream): string {
  const lines = text.split('\n');
  const at = stream.below(lines.length);
  lines.splice(at, 0, lines[at]!);
  return lines.join('\n');
}

function swapLines(text: string, stream: Stream): string {
  const lines = text.split('\n');
  const [a, b] = [stream.below(lines.length), stream.below(lines.length)];
  [lines[a], lines[b]] = [lines[b]!, lines[a]!];
  return lines.join('\n');
}

function swapWord(text: string, stream: Stream, words: readonly string[]): string {
  return atWord(text, stream, () => words[stream.below(words.length)]!);
}

function strangeWord(text: string, stream: Stream): string {
  return atWord(text, stream, () => STRANGE[stream.below(STRANGE.length)]!);
}

/** Another word in the place of one. */
function atWord(text: string, stream: Stream, other: () => string): string {
  const found = [...text.matchAll(/[\w./-]+/g)];
  const match = found[stream.below(found.length)];
  if (match === undefined) return other();
  return text.slice(0, match.index) + other() + text.slice(match.index + match[0].length);
}

/** Changes one node of the document, whatever its form. */
function reshape(text: string, stream: Stream, words: readonly string[]): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return cut(text, stream);
  const nodes: Node[] = [];
  visit(document, { Collection: (_, node) => void nodes.push(node) });
  const node = nodes[stream.below(nodes.length)];
  if (!isMap(node) && !isSeq(node)) return insert(text, stream);
  const at = stream.below(node.items.length + 1);
  const value = (): Scalar => new Scalar(strangeValue(stream, words));
  if (isMap(node)) {
    const item = node.items[at];
    if (item === undefined) node.set(words[stream.below(words.length)]!, value());
    else if (stream.below(3) === 0) node.items.splice(at, 1);
    else item.value = stream.below(2) === 0 ? value() : (nodes[stream.below(nodes.length)]!.clone() as Node);
  } else if (stream.below(2) === 0) node.items.splice(at, 1);
  else node.items.splice(at, 0, value());
  try {
    return String(document);
  } catch {
    return dropLine(text, stream);
  }
}

function strangeValue(stream: Stream, words: readonly string[]): unknown {
  const values = [
    null,
    true,
    -1,
    0,
    1e300,
    1.5,
    2 ** 53,
    1e7,
    '',
    words[stream.below(words.length)],
    STRANGE[stream.below(STRANGE.length)],
  ];
  return values[stream.below(values.length)];
}
