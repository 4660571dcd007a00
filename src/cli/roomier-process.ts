import type { ExitCode } from './exit-code.js';

/**
 * MiB of a half of the young generation, 16 by default: of a large run much is still under way when that is full, and is copied. It
 * can be set only when a process starts. With it 450,000 pods take a tenth less time and a quarter of a gigabyte more.
 */
const YOUNG_MIB = 128;
/** Of the memory of the machine, what the heap may take: by default half of it, and never more than 4 GiB. */
const HEAP_SHARE = 0.75;

/**
 * Does the same command in a process with room for a large run, as a running one cannot get it, and gives its exit code. Missing
 * where Node.js was given flags: whoever did that knows how much room there is to be.
 */
export function roomierProcess(): (() => Promise<ExitCode>) | undefined {
  return process.execArgv.length > 0 || process.env.NODE_OPTIONS !== undefined ? undefined : runAgain;
}

async function runAgain(): Promise<ExitCode> {
  // Loaded here, since every other command starts without.
  const [{ spawn }, { totalmem }] = await Promise.all([import('node:child_process'), import('node:os')]);
  const memoryBytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const heapMib = Math.floor((HEAP_SHARE * memoryBytes) / 2 ** 20);
  const flags = [`--max-semi-space-size=${YOUNG_MIB}`, `--max-old-space-size=${heapMib}`];
  return new Promise((resolve, reject) => {
    // Whoever ends this process means the other, and may do so as soon as that is there. A terminal tells both of its interrupt.
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
    const leave = (): void => undefined;
    process.on('SIGTERM', pass).on('SIGHUP', pass).on('SIGINT', leave);
    const child = spawn(process.execPath, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', pass).off('SIGHUP', pass).off('SIGINT', leave);
      if (signal !== null) process.kill(process.pid, signal);
      else resolve(code as ExitCode);
    });
  });
}
