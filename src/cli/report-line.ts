import type { Argv } from 'yargs';
import { chartsOf } from './chart-choice.js';
import type { Doing } from './doing.js';
import type { Io } from './io.js';

/** `hubsim report`. */
export function addReport(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'report <runs..>',
    'Make report.html and the charts anew of what result directories hold',
    (command) =>
      command
        .positional('runs', { describe: 'Directories of results', type: 'string', array: true, demandOption: true })
        .option('charts', {
          type: 'string',
          defaultDescription: 'those that are there',
          describe: 'Draw the three main charts, or all ten: --charts all (--no-charts to leave out)',
        })
        .option('markdown', {
          type: 'boolean',
          default: false,
          describe: 'Print a summary in Markdown, for a pull request, and write nothing',
        })
        .option('metrics', {
          type: 'boolean',
          default: false,
          describe: 'Write metrics.txt too: OpenMetrics, for Prometheus',
        })
        .option('parquet', { type: 'boolean', default: false, describe: 'Write the tables as Parquet too' })
        .option('trace', { type: 'boolean', default: false, describe: 'Write trace.json too: for ui.perfetto.dev' }),
    (args) => {
      const charts = args.charts === undefined ? undefined : chartsOf(args.charts);
      return doing(() => import('./commands/report.js').then(({ report }) => report({ ...args, charts }, io)));
    },
  );
}
