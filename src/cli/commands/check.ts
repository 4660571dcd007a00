import { loadScenario } from '../../scenario/loader.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { report } from '../failure.js';
import { givenFiles } from '../given-files.js';
import type { Io } from '../io.js';

export interface CheckOptions {
  readonly files: readonly string[];
  readonly quiet: boolean;
}

/** `hubsim check FILE…`: says of each file whether it could run. */
export async function check({ files: words, quiet }: CheckOptions, io: Io): Promise<ExitCode> {
  const files = await givenFiles(words);
  let wrong = 0;
  for (const file of files) {
    try {
      const scenario = loadScenario(file, { readFile: io.readFile });
      if (quiet) continue;
      for (const warning of scenario.warnings) io.err(`${warning}\n`);
      io.out(`${file}: fine\n`);
    } catch (error) {
      if (report(error, io) === EXIT.limit) return EXIT.limit;
      wrong++;
    }
  }
  if (files.length > 1 && !quiet) io.out(`${files.length - wrong} fine, ${wrong} wrong\n`);
  return wrong === 0 ? EXIT.ok : EXIT.input;
}
