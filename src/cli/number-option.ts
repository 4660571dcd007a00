import { InputError } from '../api/input-error.js';

/** `--seed`; undefined when not given. Throws InputError. */
export function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw new InputError(`--seed ${text} is not a whole number`, { value: text, remedy: 'write a number from 0 on' });
}

/** An option that counts something, from 1 on; undefined when not given. Throws InputError. */
export function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text);
  throw new InputError(`${option} ${text} is not a number from 1 on`, { value: text, remedy: `write ${option} 20` });
}
