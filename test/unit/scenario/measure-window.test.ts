import { expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

const ROOM = 'cluster: { profile: ideal, nodes: [ { count: 2 } ] }\n';

function end(stop: string, measureNs: number): { reason: string; virtualSeconds: number } {
  const scenario = loadScenario('room.yaml', { readFile: () => `${ROOM}stop: ${stop}\n` });
  return simulate(scenario, { measureNs }).summary.end;
}

test('a run that has converged goes on for as long as is to be measured', () => {
  expect(end('{ when: converged }', 40e9)).toMatchObject({ reason: 'converged', virtualSeconds: 40 });
});

test('a run with a horizon ends when all has been measured, and never after its horizon', () => {
  expect(end('{ when: horizon, atMost: 1m }', 40e9).virtualSeconds).toBe(40);
  expect(end('{ when: horizon, atMost: 1m }', 90e9).virtualSeconds).toBe(60);
});
