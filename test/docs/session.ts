import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Pages whose commands are run, and whether the reader starts from an empty folder. */
export const FOLLOWED: Readonly<Record<string, boolean>> = {
  'docs/custom-spokes.md': false,
  'docs/tutorial.md': true,
};

const TOP = join(import.meta.dirname, '../..');
const MAIN = join(TOP, 'dist/cli/main.js');

/** ```` ```yaml order.yaml ````: a file that the reader is to write. ```` ```console ````: commands and what they print. */
const BLOCK = /^```(\S+)(?: (\S+))?\n(.*?)^```$/gms;

/**
 * A page with the output of its commands replaced by what they print here and now. The page is followed from the top in
 * a folder of its own, with `scenarios/` of the project in it unless it starts from nothing.
 */
export function followed(page: string, fromNothing: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'hubsim-page-'));
  if (!fromNothing) symlinkSync(join(TOP, 'scenarios'), join(folder, 'scenarios'));
  try {
    return follow(page, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function follow(page: string, folder: string): string {
  let done = '';
  let at = 0;
  for (const block of page.matchAll(BLOCK)) {
    const [whole, language = '', file, content = ''] = block;
    done += page.slice(at, block.index);
    at = block.index + whole.length;
    if (language === 'console') done += `\`\`\`console\n${perform(content, folder)}\`\`\``;
    else {
      if (file !== undefined) write(join(folder, file), content);
      done += whole;
    }
  }
  return done + page.slice(at);
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Runs the commands of a block, one after the other, and gives the block with what they print. */
function perform(block: string, folder: string): string {
  const commands = block.split('\n').filter((line) => line.startsWith('$ '));
  let done = '';
  for (const command of commands) done += `${command}\n${outputOf(command.slice(2), folder)}`;
  return done;
}

const WORD = /'([^']*)'|"([^"]*)"|(\S+)/g;

/** Runs commands one after the other in a folder with `scenarios/` and these files, and gives how each ended. */
export function exitCodes(
  commands: readonly string[],
  files: Readonly<Record<string, string>>,
): { command: string; code: number | null }[] {
  const folder = mkdtempSync(join(tmpdir(), 'hubsim-commands-'));
  symlinkSync(join(TOP, 'scenarios'), join(folder, 'scenarios'));
  for (const [file, content] of Object.entries(files)) write(join(folder, file), content);
  try {
    return commands.map((command) => ({ command, code: ran(command, folder).status }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outputOf(command: string, folder: string): string {
  const { stdout, stderr } = ran(command, folder);
  return `${stderr}${stdout}`;
}

/** The built program is run, as the reader runs it. */
function ran(command: string, folder: string): SpawnSyncReturns<string> {
  const words = [...command.matchAll(WORD)].map(([, single, double, plain]) => single ?? double ?? plain ?? '');
  const [program, ...rest] = words[0] === 'npx' ? words.slice(1) : words;
  if (program !== 'hubsim') throw new Error(`the page runs something that is not hubsim: ${command}`);
  return spawnSync(process.execPath, [MAIN, ...rest], { cwd: folder, encoding: 'utf8' });
}
