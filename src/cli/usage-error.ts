import { nearest } from '../api/did-you-mean.js';
import { InputError } from '../api/input-error.js';

/** What yargs found wrong with a command line, in words for a person; `help` is that of the command. */
export function usageError(message: string, words: readonly string[], help: string): InputError {
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1];
  if (unknown !== undefined) return unknownArgument(asGiven(unknown, words), help);
  const lacking = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  if (lacking !== undefined)
    return new InputError(`${asGiven(lacking, words)} needs a value`, { remedy: 'see hubsim --help' });
  return new InputError(plain(message), { remedy: 'see hubsim --help' });
}

/** An option as it stands on the command line, which yargs names without its dashes; anything else as it is. */
function asGiven(name: string, words: readonly string[]): string {
  const forms = [`--${name}`, `--no-${name}`, `-${name}`];
  return forms.find((form) => words.some((word) => word === form || word.startsWith(`${form}=`))) ?? name;
}

function unknownArgument(given: string, help: string): InputError {
  const options = [...help.matchAll(/^\s+(?:-\w, )?(--[\w-]+)/gm)].map(([, option]) => option!);
  const negated = given.startsWith('--no-') ? options.map((option) => option.replace('--', '--no-')) : [];
  const near = given.startsWith('--') ? nearest(given, [...options, ...negated]) : undefined;
  const remedy = near === undefined ? 'see hubsim --help' : `did you mean ${near}?`;
  return new InputError(`Unknown argument: ${given}`, { remedy });
}

/** What yargs says of a command without what it is about. */
function plain(message: string): string {
  if (message.startsWith('Not enough non-option arguments')) return 'name at least one file or directory';
  return message.replaceAll('\n', ' ');
}
