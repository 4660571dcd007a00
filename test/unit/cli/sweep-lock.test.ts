import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SweepLock } from '../../../src/cli/sweep/sweep-lock.js';

const TOP = mkdtempSync(join(tmpdir(), 'sweep-lock-'));
afterAll(() => rmSync(TOP, { recursive: true }));

/** A process that is no more. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('two sweeps in one directory', () => {
  test('do not go together: the second is refused and told what to do, until the first has ended', () => {
    const directory = join(TOP, 'one', 'sweep');
    const first = new SweepLock(directory);
    expect(() => new SweepLock(`${directory}/`)).toThrow(`the sweep of process ${process.pid} on`);
    first.release();
    // Nothing is left, not even the folder that was made for it.
    expect(existsSync(join(TOP, 'one'))).toBe(false);
    new SweepLock(directory).release();
  });

  test('the lock of one that was killed is taken over', () => {
    const directory = join(TOP, 'two');
    writeFileSync(`${directory}.lock`, JSON.stringify({ pid: deadPid(), host: hostname() }));
    const lock = new SweepLock(directory);
    expect(JSON.parse(readFileSync(`${directory}.lock`, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(readdirSync(TOP)).toEqual([]);
  });

  test('the lock of one that has just been killed, and is not gone yet, is taken over', async () => {
    const directory = join(TOP, 'dying');
    // While this thread waits for the lock the child is a zombie: node takes note of its end afterwards.
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(`${directory}.lock`, JSON.stringify({ pid: child.pid, host: hostname() }));
    child.kill('SIGKILL');
    new SweepLock(directory).release();
    await once(child, 'exit');
  });

  test('a lock that was cut off while it was written holds nobody up', () => {
    writeFileSync(join(TOP, 'three.lock'), '');
    new SweepLock(join(TOP, 'three')).release();
  });

  test('of another machine nobody knows whether it is alive', () => {
    writeFileSync(join(TOP, 'four.lock'), JSON.stringify({ pid: deadPid(), host: 'elsewhere' }));
    expect(() => new SweepLock(join(TOP, 'four'))).toThrow(/on elsewhere is at work in/);
    rmSync(join(TOP, 'four.lock'));
  });
});
