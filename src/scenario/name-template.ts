import { isObject } from '../api/json.js';
import { ManifestText } from '../api/manifest-text.js';
import { BRACES, type Variables } from './variables.js';

/** Stands where a number will: a word that a name may hold and that nobody writes. */
const MARK = 'hubsimindex';
const MARKS: RegExp = /hubsimindex(\d+)x/g;
/** YAML makes no number, date or truth value of a text that begins so. */
const SURELY_TEXT: RegExp = /^[a-z][a-z0-9.]*-/;

/**
 * The name of a load's object, with its braces, if `{{ index }}` stands nowhere but there: then the manifest need not be
 * read anew for every object, which takes longer than to simulate most of what becomes of it. Undefined otherwise.
 */
export function nameTemplate(text: string, file: string, variables: Variables): string | undefined {
  const numbered: string[] = [];
  const marked = text.replaceAll(BRACES, (braces: string, expression: string) => {
    if (!/\bindex\b/.test(expression)) return variables.fillText(braces);
    numbered.push(braces);
    return `${MARK}${numbered.length - 1}x`;
  });
  if (numbered.length === 0 || text.includes(MARK)) return undefined;
  const manifest = onlyDocument(marked, file);
  if (!isObject(manifest) || !isObject(manifest.metadata)) return undefined;
  const { metadata, ...rest } = manifest;
  const { name, ...others } = metadata;
  if (typeof name !== 'string' || !SURELY_TEXT.test(name)) return undefined;
  if (JSON.stringify([rest, others]).includes(MARK)) return undefined;
  return name.replaceAll(MARKS, (_, index: string) => numbered[Number(index)]!);
}

function onlyDocument(text: string, file: string): unknown {
  try {
    const documents = new ManifestText(text, file).documents();
    return documents.length === 1 ? documents[0]!.value : undefined;
  } catch {
    // Numbers where a word does not fit: whoever reads the manifest as it is will see.
    return undefined;
  }
}
