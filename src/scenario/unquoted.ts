/** Around braces that had no quotes: a character for private use, which nobody writes. */
const MARK = '\uE000';
const MARKED: RegExp = new RegExp(`"${MARK}((?:[^"\\\\]|\\\\.)*)${MARK}"`, 'g');

/** Braces without quotes, `{{ index }}`, as a text: until they are filled in nobody knows what they are. */
export function unquoted(expression: string): string {
  return `${MARK}{{${expression}}}${MARK}`;
}

/** JSON in which braces that had no quotes have none again. */
export function withoutQuotes(json: string): string {
  return json.includes(MARK) ? json.replaceAll(MARKED, (_, inner: string) => JSON.parse(`"${inner}"`) as string) : json;
}
