import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { InputError } from '../../api/input-error.js';

/** How long a process that was killed may take to be gone. */
const DYING_MS = 1000;

/** Who holds a lock, as it is written into it. */
interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** Keeps two sweeps from writing to one directory at once. One that was killed does not hold its lock for ever. */
export class SweepLock {
  readonly #file: string;
  readonly #directory: string;
  /** Whether the folder of the file was made for it. */
  readonly #madeFolder: boolean;

  /** Takes the lock of a directory, which need not be there. Throws InputError if a sweep that is alive holds it. */
  constructor(directory: string) {
    this.#directory = directory;
    this.#file = `${directory.replace(/[/\\]+$/, '')}.lock`;
    this.#madeFolder = mkdirSync(dirname(this.#file), { recursive: true }) !== undefined;
    if (!this.#take()) this.#takeOver();
  }

  release(): void {
    rmSync(this.#file, { force: true });
    if (!this.#madeFolder) return;
    try {
      rmdirSync(dirname(this.#file));
    } catch {
      // There are results in it now.
    }
  }

  #take(): boolean {
    const holder: Holder = { pid: process.pid, host: hostname() };
    try {
      writeFileSync(this.#file, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Takes the lock of somebody who is dead. */
  #takeOver(): void {
    const text = this.#text();
    const holder = holderOf(text);
    if (holder !== undefined && (holder.host !== hostname() || isAliveStill(holder.pid))) throw this.#held(holder);
    // Moved away and looked at, lest it be that of a third sweep which was quicker.
    const aside = `${this.#file}.${process.pid}`;
    renameSync(this.#file, aside);
    const moved = readFileSync(aside, 'utf8');
    if (moved === text) rmSync(aside);
    else renameSync(aside, this.#file);
    if (moved !== text || !this.#take()) throw this.#held(holderOf(this.#text()));
  }

  #text(): string {
    try {
      return readFileSync(this.#file, 'utf8');
    } catch {
      return '';
    }
  }

  #held(holder: Holder | undefined): InputError {
    const who = holder === undefined ? 'another sweep' : `the sweep of process ${holder.pid} on ${holder.host}`;
    const remedy = `wait for it, or give another directory with --out; if it is dead for certain, delete ${this.#file}`;
    return new InputError(`${who} is at work in ${this.#directory}`, { remedy });
  }
}

/** Undefined where the text is none: whoever wrote it died meanwhile. */
function holderOf(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Dead, but not yet taken note of by its parent, which may never do so. Only Linux tells. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A process that was killed a moment ago takes its time to be gone. */
function isAliveStill(pid: number): boolean {
  const endMs = Date.now() + DYING_MS;
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  while (isAlive(pid)) {
    if (Date.now() >= endMs) return true;
    Atomics.wait(nobody, 0, 0, 20);
  }
  return false;
}
