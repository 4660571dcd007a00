import { type Alias, type Document, isCollection, isNode, visit } from 'yaml';

/** What is wrong with a text that is not YAML, where, and what to do. */
export interface YamlProblem {
  readonly message: string;
  /** Of the place, in the text; undefined where `line` and `column` say it. */
  readonly offset: number | undefined;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly remedy: string;
}

/** Where the quick reader says that it stumbled: `(5:16)`, at the end of its message. */
const PLACE = / \((\d+):(\d+)\)$/;

/** The first problem of a text, as the exact parser knows it or, where that has none, as the quick one told it. */
export function yamlProblem(text: string, documents: readonly Document[], cause: unknown): YamlProblem {
  const known = documents.flatMap(({ errors }) => errors)[0];
  const nowhere = { line: 1, column: 1, remedy: 'correct the YAML' };
  if (known !== undefined) return { ...nowhere, message: known.message, offset: known.pos[0] };
  const key = documents.map(collectionAsKey).find((offset) => offset !== undefined);
  if (key !== undefined) {
    const isBraces = text.startsWith('{{', key - 1) || text.startsWith('{{', key);
    const message = isBraces ? 'no variable is known that stands in these braces' : 'a map or a list cannot be a key';
    const remedy = isBraces ? 'write the variable under vars:, or put the braces in quotes' : nowhere.remedy;
    return { ...nowhere, message, offset: key, remedy };
  }
  const alias = documents.map(unknownAlias).find((each) => each !== undefined);
  if (alias !== undefined) return { ...nowhere, message: withoutAnchor(alias), offset: alias.range?.[0] };
  const told = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;
  const [, line = '1', column = '1'] = PLACE.exec(told) ?? [];
  const message = told.replace(PLACE, '');
  return { ...nowhere, message, offset: undefined, line: Number(line), column: Number(column) };
}

/** Offset of the first map or list that stands where a key should. */
export function collectionAsKey(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isNode(key) || !isCollection(key)) return undefined;
      offset = key.range?.[0];
      return visit.BREAK;
    },
  });
  return offset;
}

/** What to say of an alias whose anchor there is not. */
export function withoutAnchor({ source }: Alias): string {
  return `no anchor &${source} stands before the alias *${source}`;
}

/** The first alias of an anchor that there is not. */
export function unknownAlias(document: Document): Alias | undefined {
  let unknown: Alias | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      unknown = alias;
      return visit.BREAK;
    },
  });
  return unknown;
}
