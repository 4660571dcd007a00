import type { Argv } from 'yargs';
import type { Doing } from './doing.js';
import type { Io } from './io.js';

/** `hubsim bench`. */
export function addBench(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'bench',
    'Time whole runs on this machine',
    (command) =>
      command
        .option('only', { type: 'string', default: '', describe: 'Only the runs with this in their name' })
        .option('large', {
          type: 'boolean',
          default: false,
          describe: 'Also the runs that take minutes and gigabytes: up to a million pods',
        })
        .option('smoke', {
          type: 'boolean',
          default: false,
          describe: 'Small sizes, to see that it works; keeps nothing',
        })
        .option('compare', {
          type: 'boolean',
          default: false,
          describe: 'Say how it was before; exit 1 if a scenario runs more than a tenth more events',
        })
        .option('out', {
          type: 'string',
          default: 'results/bench.ndjson',
          describe: 'File that gets a line for what was measured, and has those of before',
        })
        .option('json', { type: 'boolean', default: false, describe: 'Print the line itself' }),
    (args) => doing(() => import('./commands/bench.js').then(({ bench }) => bench(args, io))),
  );
}
