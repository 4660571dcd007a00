const FORMULA_START = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
/** Texts that neither this nor the next is about, as all names of Kubernetes' are. */
const PLAIN = /^[a-zA-Z0-9][a-zA-Z0-9./-]*$/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * A text as one CSV field (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it:
 * names come from manifests, and a table must not run them.
 */
export function csvText(text: string): string {
  if (PLAIN.test(text)) return text;
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Nanoseconds as seconds without exponent: `49.5585`; '' for `undefined`. */
export function csvSeconds(timeNs: number | undefined): string {
  if (timeNs === undefined) return '';
  const seconds = timeNs / 1e9;
  return Math.abs(timeNs) < 1000 && timeNs !== 0 ? seconds.toFixed(9) : String(seconds);
}

/** Lines gathered into pieces of this many characters: few writes, and no string that grows with the run. */
const PIECE_LENGTH = 1 << 16;

/** Joins lines into larger pieces, each line ended by a newline. */
export function* inPieces(lines: Iterable<string>): Generator<string, void, void> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length >= PIECE_LENGTH) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}
