import { type Document, type LineCounter, parseAllDocuments } from 'yaml';
import { collectionAsKey, unknownAlias } from './yaml-problem.js';

/** The documents of a text by the exact parser, mistakes and all. */
export function parseExactly(text: string, lineCounter?: LineCounter): readonly Document[] {
  const options = { merge: true, prettyErrors: false, logLevel: 'silent' } as const;
  const documents = parseAllDocuments(text, lineCounter === undefined ? options : { ...options, lineCounter });
  return 'empty' in documents ? [] : documents;
}

/**
 * Values of a text that the quick reader refuses and kubectl takes: with a closing bracket no deeper than the field
 * whose list it ends, or with `\'` in double quotes (go-yaml yaml_parser_scan_flow_scalar). Undefined for other mistakes.
 */
export function asKubectlReads(text: string, documents: readonly Document[]): readonly unknown[] | undefined {
  const escapes = documents.flatMap(({ errors }) => errors);
  if (!escapes.every(({ code, pos }) => code === 'BAD_DQ_ESCAPE' && text.startsWith("\\'", pos[0]))) return undefined;
  let plain = '';
  let end = 0;
  for (const { pos } of escapes) {
    plain += text.slice(end, pos[0]);
    end = pos[0] + 1;
  }
  const read = escapes.length === 0 ? documents : parseExactly(plain + text.slice(end));
  if (read.some(({ errors }) => errors.length > 0) || read.some(collectionAsKey) || read.some(unknownAlias))
    return undefined;
  // Aliases are one value in several places, however many: whoever writes them out looks for what is too large.
  return read.map((document) => document.toJS({ maxAliasCount: -1 }) as unknown);
}
