const QUOTE = 34;
const COMMA = 44;
const RETURN = 13;
const NEWLINE = 10;

/**
 * The rows of a CSV text (RFC 4180), the head included. Fields are as they were: without the apostrophe that keeps
 * spreadsheets from taking a name for a formula.
 */
export function* csvRows(text: string): Generator<string[], void, void> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    const line = text.slice(at, stop);
    // Most lines have nothing to take apart.
    if (!line.includes('"') && !line.includes("'")) {
      yield line.split(',');
      at = stop + 1;
      continue;
    }
    const row = readRow(text, at);
    yield row.fields;
    at = row.next;
  }
}

/** A row that may go on over several lines. */
function readRow(text: string, start: number): { fields: string[]; next: number } {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const field = text.charCodeAt(at) === QUOTE ? quotedField(text, at) : plainField(text, at);
    fields.push(unguarded(field.text));
    at = field.next;
    if (text.charCodeAt(at) !== COMMA) break;
    at++;
  }
  if (text.charCodeAt(at) === RETURN) at++;
  return { fields, next: at + 1 };
}

function quotedField(text: string, start: number): { text: string; next: number } {
  let content = '';
  for (let at = start + 1; ; ) {
    const close = text.indexOf('"', at);
    if (close < 0) return { text: content + text.slice(at), next: text.length };
    content += text.slice(at, close);
    if (text.charCodeAt(close + 1) !== QUOTE) return { text: content, next: close + 1 };
    content += '"';
    at = close + 2;
  }
}

function plainField(text: string, start: number): { text: string; next: number } {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === NEWLINE || code === RETURN) break;
    at++;
  }
  return { text: text.slice(start, at), next: at };
}

function unguarded(field: string): string {
  return field.replace(/^'(?='*[=+\-@\t\r＝＋－＠])/, '');
}
