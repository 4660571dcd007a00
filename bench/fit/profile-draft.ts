import { type Document, parseDocument } from 'yaml';
import { formatDuration, parseDuration } from '../../src/api/duration.js';

/**
 * A cost profile whose numbers are to be changed. A parameter is named by its path, `apiServer.answer`, and within a
 * distribution by its argument, `apiServer.write.p50`.
 */
export class ProfileDraft {
  private readonly document: Document;

  constructor(text: string) {
    this.document = parseDocument(text);
  }

  toString(): string {
    return this.document.toString({ lineWidth: 0, flowCollectionPadding: true });
  }

  /** A parameter, in nanoseconds. */
  get(path: string): number {
    const { text, argument } = this.find(path);
    return parseDuration(argument === '' ? text : (new RegExp(`${argument}=([^,)]+)`).exec(text)?.[1] ?? ''));
  }

  set(path: string, valueNs: number): void {
    const { keys, text, argument } = this.find(path);
    const value = formatDuration(rounded(valueNs));
    const changed = argument === '' ? value : text.replace(new RegExp(`${argument}=[^,)]+`), `${argument}=${value}`);
    this.document.setIn(keys, changed);
  }

  private find(path: string): { keys: string[]; text: string; argument: string } {
    const keys = path.split('.');
    const whole = this.document.getIn(keys);
    if (typeof whole === 'string') return { keys, text: whole, argument: '' };
    const argument = keys.pop()!;
    const text = this.document.getIn(keys);
    if (typeof text === 'string') return { keys, text, argument };
    throw new Error(`the profile has no ${path}`);
  }
}

/** Three digits are more than the measurements bear. */
function rounded(valueNs: number): number {
  return Math.round(Number(valueNs.toPrecision(3)));
}
