import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/measure/run-result.js';
import { loadScenario } from '../../src/scenario/loader.js';
import { simulate } from '../../src/scenario/simulate.js';
import type { SimulateHooks } from '../../src/scenario/simulation.js';
import { hashes, scenarioFile } from './golden-record.js';

const readFile = (path: string): string => readFileSync(path, 'utf8');

function run(name: string, seed?: number, hooks?: SimulateHooks): RunResult {
  return simulate(loadScenario(scenarioFile(name), { readFile, ...(seed === undefined ? {} : { seed }) }), hooks);
}

describe('a run', () => {
  test('is the same, byte for byte, when it is repeated in the same process', () => {
    const first = run('rolling-update');
    const second = run('rolling-update');
    expect(second.summary.fingerprint).toBe(first.summary.fingerprint);
    expect(hashes(second)).toEqual(hashes(first));
  });

  test('leaves the scenario it ran as it was', () => {
    const scenario = loadScenario(scenarioFile('rolling-update'), { readFile });
    expect(hashes(simulate(scenario))).toEqual(hashes(simulate(scenario)));
  });

  test('does not notice another one in the same process, begun and ended in the midst of it', () => {
    const alone = [run('rolling-update'), run('my-spring-app')];
    const meanwhile: RunResult[] = [];
    const progress = (): void => {
      if (meanwhile.length < 3) meanwhile.push(run('my-spring-app'));
    };
    const disturbed = run('rolling-update', undefined, { progress });
    expect(meanwhile.map(hashes)).toEqual([hashes(alone[1]!), hashes(alone[1]!), hashes(alone[1]!)]);
    const watched = run('rolling-update', undefined, { progress: () => undefined });
    expect(hashes(disturbed)).toEqual(hashes(watched));
  });

  test('is the same whether somebody watches its progress or not', () => {
    const watched = run('rolling-update', undefined, { progress: () => undefined });
    expect(hashes(watched)).toEqual(hashes(run('rolling-update')));
  });

  test('is another one with another seed', () => {
    const seeded = run('my-spring-app', 7);
    expect(seeded.summary.seed).toBe(7);
    expect(seeded.summary.fingerprint).not.toBe(run('my-spring-app').summary.fingerprint);
  });
});
