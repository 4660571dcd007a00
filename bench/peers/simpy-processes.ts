import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ALIKE, type Contestant } from '../bench-case.js';

const SCRIPT = fileURLToPath(new URL('simpy_processes.py', import.meta.url));

/** N processes as SimPy runs them, in a Python of its own; undefined where `pip install simpy==4.1.2` was not done. */
export function simpyProcesses(count: number, operations: number): Contestant | undefined {
  const version = spawnSync('python3', ['-c', 'import simpy; print(simpy.__version__)'], { encoding: 'utf8' });
  if (version.status !== 0) return undefined;
  return {
    name: `SimPy ${version.stdout.trim()}`,
    run() {
      const { stdout } = spawnSync('python3', [SCRIPT, String(count), String(operations)], { encoding: 'utf8' });
      return { operations, hash: ALIKE, nsPerOperation: Number(stdout) };
    },
  };
}
