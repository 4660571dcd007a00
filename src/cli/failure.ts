import { InputError } from '../api/input-error.js';
import { EXIT, type ExitCode } from './exit-code.js';
import type { Io } from './io.js';

/** Says what went wrong, in one line and without a stack trace, and gives the exit code for it. */
export function report(error: unknown, io: Io): ExitCode {
  if (error instanceof InputError) {
    io.err(`hubsim: ${error.format()}\n`);
    return EXIT.input;
  }
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  io.err(`hubsim: ${name === 'Error' ? 'failure' : name}: ${message}\n`);
  return EXIT.limit;
}
