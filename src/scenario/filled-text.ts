import { nearest } from '../api/did-you-mean.js';
import { InputError } from '../api/input-error.js';
import { suggest } from './suggest.js';
import { BRACES, type Variables } from './variables.js';

/**
 * The text of a manifest with `{{ }}` filled in wherever a variable stands between the braces. Everything else stays as
 * it is: manifests hold templates of other programs. Throws InputError with its place in `file`.
 */
export function filledText(text: string, file: string, variables: Variables): string {
  const { names } = variables;
  if (names.length === 0) return text;
  return text.replaceAll(BRACES, (braces: string, expression: string, at: number) => {
    const words = expression.match(/[A-Za-z_]\w*/g) ?? [];
    if (words.some((word) => names.includes(word))) return within(text, at, file, () => variables.fillText(braces));
    const [word] = words;
    if (word === expression.trim() && nearest(word, names) !== undefined)
      return within(text, at, file, () => {
        throw new InputError(`there is no variable ${word}`, { value: word, remedy: suggest(word, names) });
      });
    return braces;
  });
}

function within(text: string, at: number, file: string, fill: () => string): string {
  try {
    return fill();
  } catch (error) {
    const before = text.slice(0, at).split('\n');
    const place = { file, line: before.length, column: before.at(-1)!.length + 1 };
    throw error instanceof InputError ? error.at(place) : error;
  }
}
