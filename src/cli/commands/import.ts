import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../api/input-error.js';
import { importFiles } from '../../scenario/import/import-files.js';
import { loadScenario } from '../../scenario/loader.js';
import { DiskFile } from '../disk-file.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { writeNewDirectory } from '../new-directory.js';

export interface ImportOptions {
  readonly files: readonly string[];
  readonly out: string;
  readonly case?: string | undefined;
  readonly workload?: string | undefined;
  /** `NAME=VALUE`. */
  readonly set: readonly string[];
}

/** `hubsim import FILE… --out DIR`: makes a directory with a scenario that the user can read, edit and run. */
export async function importCommand(
  { files, out, case: caseName, workload, set }: ImportOptions,
  io: Io,
): Promise<ExitCode> {
  const given = files.map((path) => new DiskFile(path, io.readFile));
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new InputError(`${out} is not empty`, { remedy: 'give a new directory with --out; nothing was written' });
  const imported = importFiles({
    name: nameOf(out),
    files: given,
    readFile: io.readFile,
    caseName,
    workload,
    parameters: parametersOf(set),
  });
  const texts = new Map(imported.files.map(({ path, text }) => [resolve(out, path), text]));
  const readFile = (path: string): string => texts.get(resolve(path)) ?? io.readFile(path);
  // What is written must be a scenario: mistakes in the given file show here, before anything is there.
  const scenarios = imported.files.filter(({ path }) => basename(path) === 'scenario.yaml');
  for (const { path } of scenarios)
    for (const warning of loadScenario(join(out, path), { readFile }).warnings) io.err(`${warning}\n`);
  writeNewDirectory(out, imported.files);
  for (const note of imported.notes) io.err(`${note}\n`);
  for (const { path } of imported.files) io.out(`${join(out, path)}\n`);
  return EXIT.ok;
}

/** `--set Nodes=500 --set CL2_PODS=3`: numbers and booleans as such. */
function parametersOf(set: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    set.map((text) => {
      const [, name, value] = /^\.?([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined)
        throw new InputError(`--set ${text} sets nothing`, { value: text, remedy: 'write --set Nodes=100' });
      if (value === 'true' || value === 'false') return [name, value === 'true'];
      return [name, value !== '' && Number.isFinite(Number(value)) ? Number(value) : value];
    }),
  );
}

/** A name for the scenario, out of that of its directory. */
function nameOf(out: string): string {
  const name = basename(resolve(out))
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-');
  return name.replace(/^[^a-z0-9]+/, '').replace(/[^a-z0-9]+$/, '') || basename(dirname(resolve(out)));
}
