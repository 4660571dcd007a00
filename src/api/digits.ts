const ZERO = 48;
const NINE = 57;

/** Whether a text from a place on is one digit or more and nothing else; each sync of a Deployment asks, and a pattern takes ten times as long. */
export function isDigits(text: string, from = 0): boolean {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < ZERO || code > NINE) return false;
  }
  return text.length > from;
}
