import type { Argv } from 'yargs';
import { chartsOf } from './chart-choice.js';
import type { RunOptions } from './commands/run.js';
import type { Doing } from './doing.js';
import { FURTHER_FILES, type FurtherFile } from './further-file.js';
import type { Io } from './io.js';
import { seedOf } from './number-option.js';

const CHARTS = {
  type: 'string',
  default: 'main',
  describe: 'Draw the three main charts, or all ten: --charts all (--no-charts to leave out)',
} as const;

const ALSO = {
  type: 'string',
  array: true,
  nargs: 1,
  default: [] as string[],
  defaultDescription: 'nothing',
  choices: FURTHER_FILES,
  describe: 'Write audit.log, events.txt as kubectl prints them, or the tables as Parquet; may be repeated',
} as const;

/** The command line of `hubsim run`, and what it comes to. */
export function addRun(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    ['run <files..>'],
    'Simulate scenarios, or bare manifests, and write what happened',
    (command) =>
      command
        .positional('files', {
          describe: 'Scenario or manifest files, or patterns such as "scenarios/*.yaml"',
          type: 'string',
          array: true,
          demandOption: true,
        })
        .option('out', text('Directory of the result [results/NAME]', 'o'))
        .option('seed', text('Seed of all random draws, instead of the file’s'))
        .option('profile', text('What every step costs, instead of the file’s'))
        .option('until', text('Virtual time at which the run ends at the latest, such as 10m'))
        .option('set', {
          type: 'string',
          array: true,
          nargs: 1,
          default: [] as string[],
          defaultDescription: 'nothing',
          describe: 'KEY=VALUE: another value for any key, such as cluster.scheduler.kubeApiQps=100; may be repeated',
        })
        .option('charts', CHARTS)
        .option('report', { type: 'boolean', default: true, describe: 'Write report.html (--no-report to leave out)' })
        .option('explain', {
          type: 'boolean',
          default: false,
          describe: 'Record how every pod comes to its node (scheduling.ndjson, for hubsim explain)',
        })
        .option('causes', {
          type: 'boolean',
          default: true,
          describe: 'Record where the time went (critical-path.json; --no-causes to leave out)',
        })
        .option('verify', {
          type: 'boolean',
          default: false,
          describe: 'Check flow balance and Little’s law in every queue; what does not add up ends with exit code 3',
        })
        .option('also', ALSO)
        .option('junit', text('File for the expectations as JUnit XML'))
        .option('watch', {
          alias: 'w',
          type: 'boolean',
          default: false,
          describe: 'Run again whenever a file is saved',
        })
        .option('json', { type: 'boolean', default: false, describe: 'Print summary.json instead of a table' })
        .option('quiet', { alias: 'q', type: 'boolean', default: false, describe: 'Print nothing but errors' })
        .example('$0 run scenarios/scale-up-1000.yaml', 'Roll out 1,000 pods')
        .example('$0 run shop.yaml --set vars.replicas=300 --until 10m', 'Change what the file says'),
    (args) =>
      doing(async () => {
        const { settingsOf } = await import('./run-settings.js');
        const options: RunOptions = {
          ...args,
          seed: seedOf(args.seed),
          charts: chartsOf(args.charts),
          also: args.also as FurtherFile[],
          settings: settingsOf(args),
        };
        if (args.watch) return (await import('./commands/watch.js')).watch(options, io);
        return (await import('./commands/run.js')).run(options, io);
      }),
  );
}

/** An option that takes one text. */
function text(
  describe: string,
  alias?: string,
): { type: 'string'; requiresArg: true; describe: string; alias?: string } {
  return { type: 'string', requiresArg: true, describe, ...(alias === undefined ? {} : { alias }) };
}
