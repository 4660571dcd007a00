import { aliasProblem } from '../../api/alias-problem.js';
import { InputError } from '../../api/input-error.js';
import type { ManifestText, TextDocument } from '../../api/manifest-text.js';
import { pathText } from '../../api/report.js';

/** The documents of a file, none of which holds itself by an alias. Throws InputError. */
export function documentsOf(source: ManifestText): readonly TextDocument[] {
  const documents = source.documents();
  if (!source.hasAnchors) return documents;
  for (const document of documents) {
    const problem = aliasProblem(document.value);
    if (problem === undefined) continue;
    const { line, column } = source.place(document, problem.path);
    const remedy = 'write the value itself in place of the alias';
    throw new InputError(problem.message, { file: source.file, line, column, path: pathText(problem.path), remedy });
  }
  return documents;
}
