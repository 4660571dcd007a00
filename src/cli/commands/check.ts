import { loadScenario } from '../../scenario/loader.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { report } from '../failure.js';
import type { Io } from '../io.js';

/** `hubsim check FILE…`: says of each file whether it could run. */
export async function check(options: { readonly files: readonly string[] }, io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for (const file of options.files) {
    try {
      const scenario = loadScenario(file, { readFile: io.readFile });
      for (const warning of scenario.warnings) io.err(`${warning}\n`);
      io.out(`${file}: fine\n`);
    } catch (error) {
      code = report(error, io);
    }
  }
  return code;
}
