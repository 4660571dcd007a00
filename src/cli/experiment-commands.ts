import type { Argv } from 'yargs';
import type { Doing } from './doing.js';
import type { Io } from './io.js';
import { seedOf, wholeNumber } from './number-option.js';

/** `hubsim sweep`. */
export function addSweep(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'sweep <file>',
    'Run a scenario in all its variants, several times each, and say how they differ and how sure that is',
    (command) =>
      command
        .positional('file', { describe: 'Scenario file', type: 'string', demandOption: true })
        .option('vary', {
          type: 'string',
          array: true,
          default: [] as string[],
          requiresArg: true,
          describe: 'PATH=20,50,100 or PATH=10..100 step 10, times 10, log 5; PATH=…;PATH=… go in step',
        })
        .option('replications', { alias: 'r', type: 'string', requiresArg: true, describe: 'Runs of each variant' })
        .option('until', { type: 'string', requiresArg: true, describe: 'Stop when sure: "relative half-width < 2 %"' })
        .option('figures', { type: 'string', requiresArg: true, describe: 'Figures in question, with commas' })
        .option('seed', { type: 'string', requiresArg: true, describe: 'Seed of the first replication' })
        .option('workers', { alias: 'w', type: 'string', requiresArg: true, describe: 'Runs at once [cores]' })
        .option('redis', {
          type: 'string',
          requiresArg: true,
          describe: 'Let workers make the runs: redis://[[USER]:PASSWORD@]HOST[:PORT] [$HUBSIM_REDIS]',
        })
        .option('redis-ca', { type: 'string', requiresArg: true, describe: 'Certificates to trust, for rediss://' })
        .option('out', { alias: 'o', type: 'string', requiresArg: true, describe: 'Directory [results/NAME-sweep]' })
        .option('fresh', { type: 'boolean', default: false, describe: 'Throw away what the directory holds' })
        .option('charts', { type: 'boolean', default: true, describe: 'Draw charts (--no-charts to leave out)' })
        .option('json', { type: 'boolean', default: false, describe: 'Print sweep.json instead of a table' })
        .option('quiet', { alias: 'q', type: 'boolean', default: false, describe: 'Print nothing but errors' })
        .example(
          '$0 sweep scenarios/scale-up-1000.yaml --vary controllerManager.kubeApiQps=20,50,100,500',
          'Which limit?',
        ),
    (args) =>
      doing(() =>
        import('./commands/sweep.js').then(({ sweep }) =>
          sweep(
            {
              ...args,
              seed: seedOf(args.seed),
              replications: wholeNumber('--replications', args.replications),
              workers: wholeNumber('--workers', args.workers),
            },
            io,
          ),
        ),
      ),
  );
}

/** `hubsim compare`. */
export function addCompare(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'compare [runs..]',
    'Put runs side by side, or say whether a change made anything worse: two sweeps, figure by figure',
    (command) =>
      command
        .positional('runs', {
          type: 'string',
          array: true,
          default: [] as string[],
          describe: 'Directories of results',
        })
        .option('first-difference', {
          type: 'boolean',
          default: false,
          describe: 'Run two results again and say at which event they part',
        })
        .option('out', {
          alias: 'o',
          type: 'string',
          requiresArg: true,
          describe: 'Of runs: directory for comparison.json and charts',
        })
        .option('baseline', { type: 'string', requiresArg: true, describe: 'runs.ndjson before' })
        .option('candidate', { type: 'string', requiresArg: true, describe: 'runs.ndjson after' })
        .implies('baseline', 'candidate')
        .implies('candidate', 'baseline')
        .option('figures', { type: 'string', requiresArg: true, describe: 'Figures to compare, with commas' })
        .option('more-is-better', { type: 'string', requiresArg: true, describe: 'Figures of which more is better' })
        .option('threshold', {
          type: 'string',
          default: '5',
          requiresArg: true,
          describe: 'What still passes, in percent',
        })
        .option('markdown', { type: 'boolean', default: false, describe: 'Print Markdown, for a pull request' })
        .option('json', { type: 'boolean', default: false, describe: 'Print the comparison as JSON' })
        .example('$0 compare --baseline main.ndjson --candidate new.ndjson --markdown', 'In CI')
        .example('$0 compare results/before results/after --first-difference', 'What came of it?'),
    (args) =>
      doing(async () => {
        const { baseline, candidate } = args;
        if (baseline !== undefined && candidate !== undefined)
          return (await import('./commands/compare.js')).compare({ ...args, baseline, candidate }, io);
        return (await import('./commands/compare-runs.js')).compareRunsCommand(args, io);
      }),
  );
}

/** `hubsim search`. */
export function addSearch(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'search <file>',
    'Find the value of a setting that is just good enough (--find), or the settings that matter (--rank)',
    (command) =>
      command
        .positional('file', { describe: 'Scenario file', type: 'string', demandOption: true })
        .option('find', { type: 'string', requiresArg: true, describe: 'Setting to find a value of: its path' })
        .option('smallest', { type: 'boolean', default: false, describe: 'The smallest one' })
        .option('largest', { type: 'boolean', default: false, describe: 'The largest one' })
        .option('such-that', { type: 'string', requiresArg: true, describe: "'convergence.seconds < 60'" })
        .option('between', { type: 'string', requiresArg: true, describe: '1..1000 [around the file’s value]' })
        .option('precision', { type: 'string', default: '1', requiresArg: true, describe: 'Near enough, in percent' })
        .option('rank', { type: 'string', requiresArg: true, describe: 'Figure to rank settings for' })
        .option('vary', {
          type: 'string',
          array: true,
          default: [] as string[],
          requiresArg: true,
          describe: 'With --rank: PATH=1..100 or PATH=a,b,c, once for each setting',
        })
        .option('trajectories', {
          type: 'string',
          requiresArg: true,
          describe: 'With --rank: ways through the settings [10]',
        })
        .option('replications', {
          alias: 'r',
          type: 'string',
          requiresArg: true,
          describe: 'Most runs of one value [30]',
        })
        .option('seed', { type: 'string', requiresArg: true, describe: 'Seed of the first replication' })
        .option('workers', { alias: 'w', type: 'string', requiresArg: true, describe: 'Runs at once [cores]' })
        .option('out', { alias: 'o', type: 'string', requiresArg: true, describe: 'Directory [results/NAME-search]' })
        .option('charts', { type: 'boolean', default: true, describe: 'Draw charts (--no-charts to leave out)' })
        .option('json', { type: 'boolean', default: false, describe: 'Print search.json instead of the trail' })
        .option('quiet', { alias: 'q', type: 'boolean', default: false, describe: 'Print nothing but errors' })
        .example(
          "$0 search FILE --find cluster.nodes[0].count --largest --such-that 'hub.watchLag.p99 < 1'",
          'How many nodes?',
        ),
    (args) =>
      doing(() =>
        import('./commands/search.js').then(({ search }) =>
          search(
            {
              ...args,
              seed: seedOf(args.seed),
              replications: wholeNumber('--replications', args.replications),
              trajectories: wholeNumber('--trajectories', args.trajectories),
              workers: wholeNumber('--workers', args.workers),
            },
            io,
          ),
        ),
      ),
  );
}

/** `hubsim worker`. */
export function addWorker(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'worker',
    'Make runs of sweeps that are spread over Redis, until stopped',
    (command) =>
      command
        .option('redis', { type: 'string', requiresArg: true, describe: 'Address of the Redis [$HUBSIM_REDIS]' })
        .option('redis-ca', { type: 'string', requiresArg: true, describe: 'Certificates to trust, for rediss://' })
        .option('workers', { alias: 'w', type: 'string', requiresArg: true, describe: 'Runs at once [cores]' })
        .option('quiet', { alias: 'q', type: 'boolean', default: false, describe: 'Print nothing but errors' })
        .example('$0 worker --redis redis://:PASSWORD@10.0.0.5', 'On any number of machines'),
    (args) =>
      doing(() =>
        import('./commands/worker.js').then(({ worker }) =>
          worker({ ...args, workers: wholeNumber('--workers', args.workers) }, io),
        ),
      ),
  );
}
