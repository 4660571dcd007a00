import yargs, { type Argv } from 'yargs';
import { addBench } from './bench-line.js';
import type { Doing, Work } from './doing.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { addCompare, addSearch, addSweep, addWorker } from './experiment-commands.js';
import { report } from './failure.js';
import type { Io } from './io.js';
import { addReport } from './report-line.js';
import { addRun } from './run-line.js';
import { usageError } from './usage-error.js';

/**
 * Reads the command line and does what it says. Commands are imported when they are called: `--help` must not wait for
 * the simulator. Never throws and never ends the process; gives the exit code.
 */
export async function runProgram(words: readonly string[], io: Io): Promise<ExitCode> {
  let chosen: Work | undefined;
  // Without this yargs lays out the help of every command that is run (command.js), which takes a twentieth of the smallest run.
  const doing: Doing = (work) => {
    chosen = work;
    throw new Error('the command line has been read');
  };
  const commands = [
    addRun,
    addCheck,
    addInit,
    addSchema,
    addExplain,
    addImport,
    addValidate,
    addSweep,
    addSearch,
    addWorker,
    addCompare,
    addReport,
    addBench,
  ];
  const program = commands
    .reduce(
      (line, add) => add(line, doing, io),
      yargs([...words])
        .locale('en')
        .scriptName('hubsim')
        .usage('$0 COMMAND\n\nSimulates the control plane of Kubernetes, in virtual time.'),
    )
    .demandCommand(
      1,
      'Say what to do: run, check, init, schema, explain, import, validate, sweep, search, worker, compare, report or bench',
    )
    .recommendCommands()
    .strict()
    .alias('h', 'help')
    .version(false)
    .option('version', { type: 'boolean', describe: 'Print the version' })
    .epilogue('Exit codes: 0 fine, 1 an expectation failed, 2 bad input or usage, 3 a limit was hit or a check failed')
    .wrap(100)
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error, usage: unknown) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      throw usageError(message, words, (usage as { help(): string }).help());
    });
  try {
    if (words.length === 1 && words[0] === '--version') io.out(`${(await import('./version.js')).hubsimVersion()}\n`);
    else if (words.length === 0) io.out(`${await program.getHelp()}\n`);
    else
      await program.parseAsync(
        [...words],
        {},
        (_error, _args, output) => void (output !== '' && io.out(`${output}\n`)),
      );
  } catch (error) {
    if (chosen === undefined) return report(error, io);
  }
  if (chosen === undefined) return words.length === 0 ? EXIT.input : EXIT.ok;
  return (chosen as Work)().catch((error) => report(error, io));
}

/** `hubsim check`. */
function addCheck(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'check <files..>',
    'Read scenarios and everything they name, and say what is wrong',
    (command) =>
      command
        .positional('files', {
          describe: 'Scenario or manifest files, or patterns such as "scenarios/*.yaml"',
          type: 'string',
          array: true,
          demandOption: true,
        })
        .option('quiet', { alias: 'q', type: 'boolean', default: false, describe: 'Print nothing but mistakes' }),
    (args) => doing(() => import('./commands/check.js').then(({ check }) => check(args, io))),
  );
}

/** `hubsim init`. */
function addInit(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'init [file]',
    'Write a scenario to begin with, and the manifest it applies',
    (command) => command.positional('file', { describe: 'Where to', type: 'string', default: 'scenario.yaml' }),
    (args) => doing(() => import('./commands/init.js').then(({ init }) => init(args, io))),
  );
}

/** `hubsim schema`. */
function addSchema(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'schema',
    'Print the JSON Schema of scenario files, for editors',
    (command) => command,
    () => doing(() => import('./commands/schema.js').then(({ schema }) => schema(io))),
  );
}

/** `hubsim explain`. */
function addExplain(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'explain <run> [object]',
    'Say where the time to convergence went or, of a pod, how it came to its node',
    (command) =>
      command
        .positional('run', { describe: 'Directory of a result', type: 'string', demandOption: true })
        .positional('object', { describe: 'pod/NAME', type: 'string' })
        .option('namespace', { alias: 'n', type: 'string', requiresArg: true, describe: 'Namespace of the pod' })
        .option('what-if', {
          type: 'boolean',
          default: true,
          describe: 'Run it once more without its longest wait (--no-what-if to leave out)',
        })
        .option('json', { type: 'boolean', default: false, describe: 'Print the record as JSON' })
        .example('$0 explain results/scale-up-1000', 'Why did it take so long?')
        .example('$0 explain results/my-spring-app pod/my-spring-app-5d4f8-x2x9z', 'Why is it on that node?'),
    (args) => doing(() => import('./commands/explain.js').then(({ explain }) => explain(args, io))),
  );
}

/** `hubsim import`. */
function addImport(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'import <files..>',
    'Make a scenario of what others wrote: dumps of kubectl get, audit logs, stages of KWOK, traces of SimKube, snapshots of kube-scheduler-simulator, scheduler_perf configurations, tests of ClusterLoader2',
    (command) =>
      command
        .positional('files', { describe: 'What they wrote', type: 'string', array: true, demandOption: true })
        .option('out', {
          alias: 'o',
          type: 'string',
          requiresArg: true,
          demandOption: true,
          describe: 'New directory for the scenario',
        })
        .option('case', { type: 'string', requiresArg: true, describe: 'Of scheduler_perf: the test case [the first]' })
        .option('workload', {
          type: 'string',
          requiresArg: true,
          describe: 'Of scheduler_perf: its workload [the first with a threshold]',
        })
        .option('set', {
          type: 'string',
          array: true,
          default: [],
          requiresArg: true,
          describe: 'Of ClusterLoader2: a parameter of the test, Nodes=100',
        })
        .example('$0 import cluster.yaml -o scenarios/ours', 'After kubectl get nodes,pods,deploy,rs -A -o yaml'),
    (args) => doing(() => import('./commands/import.js').then(({ importCommand }) => importCommand(args, io))),
  );
}

/** `hubsim validate`. */
function addValidate(program: Argv, doing: Doing, io: Io): Argv {
  return program.command(
    'validate <directory>',
    'Replay measured timelines of a real control plane and compare',
    (command) =>
      command
        .positional('directory', { describe: 'Cases, or one case', type: 'string', demandOption: true })
        .option('kinds', {
          type: 'string',
          default: 'rate',
          describe: 'Kinds of figures to compare, with commas, or all',
        })
        .option('case', {
          type: 'string',
          default: '*',
          requiresArg: true,
          describe: 'Only cases whose name matches',
        })
        .option('out', {
          alias: 'o',
          type: 'string',
          requiresArg: true,
          describe: 'Directory for comparison.json and a chart of each case',
        })
        .option('json', { type: 'boolean', default: false, describe: 'Print the comparison as JSON' })
        .option('quiet', { alias: 'q', type: 'boolean', default: false, describe: 'Print only figures that miss' }),
    (args) => doing(() => import('./commands/validate.js').then(({ validate }) => validate(args, io))),
  );
}
