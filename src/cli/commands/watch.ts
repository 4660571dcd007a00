import type { ExitCode } from '../exit-code.js';
import { report } from '../failure.js';
import type { Io } from '../io.js';
import { type RunOptions, run } from './run.js';

/** `hubsim run --watch FILE…`: runs, and again whenever one of the files that it read is saved, until it is stopped. */
export async function watch(options: RunOptions, io: Io): Promise<ExitCode> {
  for (;;) {
    const read = new Set<string>();
    const code = await runOnce(options, listening(io, read));
    io.err(`hubsim: waiting for a change of ${[...read].join(', ')} (Ctrl-C ends it)\n`);
    if (!(await io.changed([...read]))) return code;
  }
}

/** A mistake does not end the watch: the next save may mend it. */
async function runOnce(options: RunOptions, io: Io): Promise<ExitCode> {
  try {
    return await run(options, io);
  } catch (error) {
    return report(error, io);
  }
}

/** The same world, which notes what is read of it. */
function listening(io: Io, read: Set<string>): Io {
  return {
    out: (text) => io.out(text),
    err: (text) => io.err(text),
    outIsTerminal: io.outIsTerminal,
    errIsTerminal: io.errIsTerminal,
    nowMs: () => io.nowMs(),
    readFile: (path) => {
      read.add(path);
      return io.readFile(path);
    },
    changed: (files) => io.changed(files),
  };
}
