import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const TOP = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'hubsim-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `hubsim sweep` as built, in a process of its own. */
function start(out: string, workers: number): ChildProcess {
  const words = ['sweep', 'scenarios/my-spring-app.yaml', '--vary', 'controllerManager.kubeApiQps=1,5,20', '-r', '8'];
  const more = ['--out', out, '--workers', String(workers), '--quiet', '--no-charts'];
  return spawn(process.execPath, ['dist/cli/main.js', ...words, ...more], { cwd: TOP, stdio: 'ignore' });
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

function lines(out: string): number {
  const journal = join(out, 'journal.ndjson');
  return existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').length : 0;
}

function files(out: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(out)
      .sort()
      .map((file) => [file, readFileSync(join(out, file), 'latin1')]),
  );
}

test('has the same bytes with one worker, with two, and after kill -9 in the middle, several times', async () => {
  const [one, two, killed] = ['one', 'two', 'killed'].map((name) => join(folder, name));
  expect(await ended(start(one!, 1))).toBe(0);
  expect(await ended(start(two!, 2))).toBe(0);
  expect(files(two!)).toEqual(files(one!));
  for (const until of [3, 9, 17]) {
    const child = start(killed!, 2);
    const exit = ended(child);
    while (lines(killed!) < until && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await exit;
    expect(existsSync(join(killed!, 'runs.ndjson'))).toBe(false);
  }
  expect(await ended(start(killed!, 2))).toBe(0);
  expect(files(killed!)).toEqual(files(one!));
});
