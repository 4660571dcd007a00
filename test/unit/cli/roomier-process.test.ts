import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ExitCode } from '../../../src/cli/exit-code.js';
import { runProgram } from '../../../src/cli/program.js';
import { FakeIo } from './fake-io.js';

const TOP = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'hubsim-roomier-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A world that can start larger processes, which all end with exit code 3, and says how many it has started. */
class RoomyIo extends FakeIo {
  started = 0;
  readonly inRoomierProcess = (): Promise<ExitCode> => {
    this.started++;
    return Promise.resolve(3);
  };
}

/** The command line for a cluster of so many nodes, where something is expected that does not happen: exit code 1. */
function words(nodes: number, atMost = '1s'): string[] {
  const file = join(folder, `nodes-${nodes}-${atMost}.yaml`);
  const lines = [
    'name: nodes',
    `cluster: { profile: ideal, nodes: [ { count: ${nodes} } ] }`,
    `stop: { when: horizon, atMost: ${atMost} }`,
    'expect: [ pods.created == 1 ]',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return ['run', file, '--out', join(folder, 'out'), '--no-charts', '--quiet'];
}

test('a large cluster is simulated in a roomier process, whose exit code counts', async () => {
  const io = new RoomyIo();
  expect(await runProgram(words(10_000), io)).toBe(3);
  expect(io.started).toBe(1);
});

test('any other cluster is simulated in the process that was started', async () => {
  const io = new RoomyIo();
  expect(await runProgram(words(100), io)).toBe(1);
  expect(io.started).toBe(0);
  expect(existsSync(join(folder, 'out', 'summary.json'))).toBe(true);
});

/** `hubsim` as built. */
const MAIN = join(TOP, 'dist/cli/main.js');

test('the roomier process writes the same files as one that Node.js was given flags for', () => {
  const environment = { ...process.env, NODE_OPTIONS: undefined };
  const files = [[], ['--max-semi-space-size=8']].map((flags) => {
    const ended = spawnSync(process.execPath, [...flags, MAIN, ...words(10_000)], { env: environment });
    expect(ended.status, String(ended.stderr)).toBe(1);
    return ['summary.json', 'timeline.csv', 'report.html'].map((file) =>
      readFileSync(join(folder, 'out', file), 'latin1'),
    );
  });
  expect(files[1]).toEqual(files[0]);
});

test.skipIf(!existsSync('/proc/self'))('who ends the command ends the roomier process with it', async () => {
  const environment = { ...process.env, NODE_OPTIONS: undefined };
  const child = spawn(process.execPath, [MAIN, ...words(10_000, '100h')], { env: environment, stdio: 'ignore' });
  const ended = new Promise<string | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  const inner = await childOf(child);
  child.kill('SIGTERM');
  expect(await ended).toBe('SIGTERM');
  expect(isRunning(inner)).toBe(false);
});

/** The process that a process has started, as soon as it has. */
async function childOf({ pid }: ChildProcess): Promise<number> {
  for (;;) {
    const child = readdirSync('/proc').find((name) => /^\d+$/.test(name) && parentOf(name) === pid);
    if (child !== undefined) return Number(child);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The process that has started a process, or nothing if that is gone. */
function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
