import { scenarioJsonSchemaText } from '../../scenario/json-schema.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';

/** `hubsim schema`: prints the JSON Schema of scenario files. */
export async function schema(io: Io): Promise<ExitCode> {
  io.out(scenarioJsonSchemaText());
  return EXIT.ok;
}
