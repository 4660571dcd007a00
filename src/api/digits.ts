const ZERO = 48;
const NINE = 57;

/** Whether a text from one place to before another is one digit or more and nothing else; each sync of a Deployment asks, and a pattern takes ten times as long. */
export function isDigits(text: string, from = 0, to: number = text.length): boolean {
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index);
    if (code < ZERO || code > NINE) return false;
  }
  return to > from;
}
