import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../../src/cli/program.js';
import { findCases, matches } from '../../../src/cli/validate/cases.js';
import { compare, numberAt } from '../../../src/cli/validate/comparison.js';
import { type Figure, type FigureKind, parseMeasured } from '../../../src/cli/validate/measured.js';
import { bounds, passes } from '../../../src/cli/validate/tolerance.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { syntheticResult, syntheticSummary } from '../report/synthetic.js';
import { FakeIo } from './fake-io.js';

vi.mock('../../../src/scenario/simulate.js', () => ({ simulate: vi.fn() }));

function figure(kind: FigureKind, median: number, values = [median], range?: [number, number]): Figure {
  return { path: 'x', kind, median, values, range };
}

function tolerance(one: Figure): number {
  const [low, high] = bounds(one);
  expect(one.median - low).toBeCloseTo(high - one.median, 9);
  return high - one.median;
}

describe('tolerance', () => {
  test('of a rate is the largest of 3 %, the spread and 0.15', () => {
    expect(tolerance(figure('rate', 50))).toBeCloseTo(1.5, 9);
    expect(tolerance(figure('rate', 1))).toBeCloseTo(0.15, 9);
    expect(tolerance(figure('rate', 10, [9, 10, 11.5]))).toBeCloseTo(2.5, 9);
  });

  test('of processor time is the larger of 15 % and the spread', () => {
    expect(tolerance(figure('cpu', 10))).toBeCloseTo(1.5, 9);
    expect(tolerance(figure('cpu', 10, [8, 12]))).toBeCloseTo(4, 9);
  });

  test('of a latency is the largest of 30 %, the spread and 5 ms', () => {
    expect(tolerance(figure('latency', 0.001))).toBeCloseTo(0.005, 9);
    expect(tolerance(figure('latency', 0.1))).toBeCloseTo(0.03, 9);
  });

  test('of a count is the largest of 3 %, the spread and 5', () => {
    expect(tolerance(figure('count', 16))).toBe(5);
    expect(tolerance(figure('count', 1000))).toBeCloseTo(30, 9);
  });

  test('of a phase is its range', () => {
    const phase = figure('phase', 45, [45], [38, 60]);
    expect(passes(phase, 38)).toBe(true);
    expect(passes(phase, 37.99)).toBe(false);
  });

  test('a figure that the simulation does not have misses', () => {
    expect(passes(figure('rate', 0), undefined)).toBe(false);
    expect(passes(figure('rate', 0), 0.1)).toBe(true);
  });
});

describe('compare', () => {
  const summary = syntheticSummary(1000);

  test('finds numbers by their path, and nothing where there is none', () => {
    expect(numberAt(summary, 'pods.createdAt.p100')).toBe(50);
    expect(numberAt(summary, 'cpu.kube-apiserver')).toBeCloseTo(1.2346, 4);
    expect(numberAt(summary, 'hub.load.rate')).toBeUndefined();
    expect(numberAt(summary, 'no.such.path')).toBeUndefined();
  });

  test('takes the kinds asked for, and counts requests of all clients together', () => {
    const request = {
      verb: 'create',
      resource: 'pods',
      subresource: '',
      code: 201,
      priorityLevel: 'workload-low',
      rate: 20,
      bytes: 0,
      latency: summary.pods.createdToBound,
    };
    const byRequest = [
      { ...request, client: 'a', count: 600 },
      { ...request, client: 'b', count: 401 },
    ];
    const measured = {
      repetitions: 1,
      figures: [{ ...figure('rate', 49.5), path: 'pods.createdAt.p100' }],
      requests: [
        { verb: 'create', resource: 'pods', subresource: '', code: 201, count: [1000, 1000] },
        { verb: 'get', resource: '-', subresource: 'openapi/v3', code: 200, count: [5] },
      ],
      windowSeconds: undefined,
      otherCores: 0,
      curves: {},
    };
    const busy = { ...summary, hub: { ...summary.hub, byRequest } };
    expect(
      compare(measured, [busy], new Set(['rate', 'count'])).map(({ simulated, pass }) => [simulated, pass]),
    ).toEqual([
      [50, true],
      [1001, true],
    ]);
    expect(compare(measured, [busy], new Set(['rate']))).toHaveLength(1);
  });

  test('takes the median of all repetitions, and nothing where one of them has no such number', () => {
    const measured = {
      repetitions: 3,
      figures: [figure('rate', 3)],
      requests: [],
      windowSeconds: undefined,
      otherCores: 0,
      curves: {},
    };
    const path = measured.figures[0]!.path;
    expect(path).toBe('x');
    const runs = [2, 9, 3].map((x) => ({ ...summary, x }));
    expect(compare(measured, runs, new Set(['rate']))[0]!.simulated).toBe(3);
    expect(compare(measured, [...runs, summary], new Set(['rate']))[0]!.simulated).toBeUndefined();
  });
});

test('a file that is no measurement is refused', () => {
  expect(() => parseMeasured('{}', 'measured.json')).toThrow('not a file of measurements');
  expect(() => parseMeasured('{"figures":{"a":{"kind":"odd"}}}', 'measured.json')).toThrow('unknown kind odd');
});

test('globs choose cases by name', () => {
  expect(matches('scaleup-n100-r1000', 'scaleup-*')).toBe(true);
  expect(matches('scaleup-n100-r1000', 'scaleup')).toBe(false);
  expect(matches('hub.x', 'hub?x')).toBe(true);
  expect(matches('hubax', 'hub.x')).toBe(false);
  expect(matches('scaledown-1', '{scaleup,scaledown}-*')).toBe(true);
  expect(matches('idle', 'scaleup-*,idle')).toBe(true);
});

describe('hubsim validate', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hubsim-test-'));
    addCase('good', 'cluster: { nodes: [ { count: 1 } ] }', 50);
    vi.mocked(simulate).mockReset().mockReturnValue(syntheticResult(1000));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function addCase(name: string, scenario: string, median: number): void {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'scenario.yaml'), scenario);
    const figures = {
      'pods.createdAt.p100': { kind: 'rate', values: [median], median },
      'pods.createdToBound.p50': { kind: 'latency', values: [1], median: 1 },
    };
    writeFileSync(join(root, name, 'measured.json'), JSON.stringify({ figures }));
  }

  async function validate(...words: string[]): Promise<{ code: number; out: string }> {
    const io = new FakeIo();
    const code = await runProgram(['validate', root, ...words], io);
    return { code, out: io.outText };
  }

  test('passes when all rates are near', async () => {
    const { code, out } = await validate();
    expect(code).toBe(0);
    expect(out).toContain('pods.createdAt.p100');
    expect(out).toContain('1 cases: 1 figures pass, 0 miss; 0 skipped');
  });

  test('runs for as long as was measured', async () => {
    const figures = { 'pods.createdAt.p100': { kind: 'rate', values: [50], median: 50 } };
    const background = { load: { wall_s: 51.5 } };
    writeFileSync(join(root, 'good', 'measured.json'), JSON.stringify({ figures, background }));
    await validate();
    expect(vi.mocked(simulate).mock.calls[0]![1]).toEqual({ measureNs: 51.5e9 });
  });

  test('ends with 1 when one figure misses', async () => {
    addCase('off', 'cluster: { nodes: [ { count: 1 } ] }', 60);
    const { code, out } = await validate();
    expect(code).toBe(1);
    expect(out).toContain('MISS');
    expect((await validate('--case', 'good')).code).toBe(0);
    expect((await validate('--case', 'good', '--kinds', 'all')).code).toBe(1);
  });

  test('skips by name what the simulator cannot do', async () => {
    addCase('flows', 'cluster: { nodes: [ { count: 1 } ] }\ntimeline: [ { at: 0s, apply: flows.yaml } ]\n', 50);
    const flows = '{ apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: { name: f } }\n';
    writeFileSync(join(root, 'flows', 'flows.yaml'), flows);
    const { code, out } = await validate();
    expect(code).toBe(0);
    expect(out).toMatch(/flows: skipped: nothing acts on FlowSchema yet/);
  });

  test('takes a single case as well as a directory of them', () => {
    expect(findCases(join(root, 'good'), '*').map(({ name }) => name)).toEqual(['good']);
    expect(() => findCases(root, 'none')).toThrow('no case in');
  });
});
