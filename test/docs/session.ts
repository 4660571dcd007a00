import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runProgram } from '../../src/cli/program.js';
import { FakeIo } from '../unit/cli/fake-io.js';

/** Pages whose commands are run, and whether the reader starts from an empty folder. */
export const FOLLOWED: Readonly<Record<string, boolean>> = { 'docs/custom-spokes.md': false };

const TOP = join(import.meta.dirname, '../..');

/** ```` ```yaml order.yaml ````: a file that the reader is to write. ```` ```console ````: commands and what they print. */
const BLOCK = /^```(\S+)(?: (\S+))?\n(.*?)^```$/gms;

/**
 * A page with the output of its commands replaced by what they print here and now. The page is followed from the top in
 * a folder of its own, with `scenarios/` of the project in it unless it starts from nothing.
 */
export async function followed(page: string, fromNothing: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hubsim-page-'));
  const before = process.cwd();
  if (!fromNothing) symlinkSync(join(TOP, 'scenarios'), join(folder, 'scenarios'));
  process.chdir(folder);
  try {
    return await follow(page);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}

async function follow(page: string): Promise<string> {
  let done = '';
  let at = 0;
  for (const block of page.matchAll(BLOCK)) {
    const [whole, language = '', file, content = ''] = block;
    done += page.slice(at, block.index);
    at = block.index + whole.length;
    if (language === 'console') done += `\`\`\`console\n${await perform(content)}\`\`\``;
    else {
      if (file !== undefined) write(file, content);
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
async function perform(block: string): Promise<string> {
  const commands = block.split('\n').filter((line) => line.startsWith('$ '));
  let done = '';
  for (const command of commands) done += `${command}\n${await outputOf(command.slice(2))}`;
  return done;
}

/** Keeps what is printed, with the time it really takes. */
class PageIo extends FakeIo {
  override nowMs(): number {
    return performance.now();
  }
}

const WORD = /'([^']*)'|"([^"]*)"|(\S+)/g;

async function outputOf(command: string): Promise<string> {
  const words = [...command.matchAll(WORD)].map(([, single, double, plain]) => single ?? double ?? plain ?? '');
  const [program, name, ...rest] = words;
  if (program === 'cat') return readFileSync(name!, 'utf8');
  if (program !== 'npx' || name !== 'hubsim') throw new Error(`the page runs something that is not hubsim: ${command}`);
  const io = new PageIo();
  await runProgram(rest, io);
  return `${io.errText}${io.outText}`;
}
