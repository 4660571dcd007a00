import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../../api/input-error.js';
import { STARTER, STARTER_MANIFEST } from '../../scenario/starter.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';

/** `hubsim init [FILE]`: writes a scenario to begin with and the manifest it applies. Nothing that is there is lost. */
export async function init({ file }: { readonly file: string }, io: Io): Promise<ExitCode> {
  const files = [
    { path: file, text: STARTER },
    { path: join(dirname(file), 'web.yaml'), text: STARTER_MANIFEST },
  ];
  const there = files.find(({ path }) => existsSync(path));
  if (there !== undefined || files[0]!.path === files[1]!.path)
    throw new InputError(`${there?.path ?? file} is there already`, {
      remedy: 'give another name; nothing was written',
    });
  for (const { path, text } of files) write(path, text);
  for (const { path } of files) io.out(`${path}\n`);
  io.out(`Now: npx hubsim run ${file}\n`);
  return EXIT.ok;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new InputError(`cannot write ${path}: ${reason}`, { remedy: 'give a file in a directory that is there' });
  }
}
