import { spawnSync } from 'node:child_process';
import type { BenchCase, Contestant } from './bench-case.js';

/** How long a person waits for the help, beside what Node.js takes to start and do nothing. Needs `npm run build`. */
export function startCases(): BenchCase[] {
  return [
    {
      group: 'start',
      name: 'hubsim --help',
      contestants: () => [command('hubsim', ['dist/cli/main.js', '--help']), command('bare Node.js', ['--eval', '0'])],
    },
  ];
}

function command(name: string, words: readonly string[]): Contestant {
  return {
    name,
    run() {
      const { status } = spawnSync(process.execPath, words);
      return { operations: 1, hash: status ?? -1 };
    },
  };
}
