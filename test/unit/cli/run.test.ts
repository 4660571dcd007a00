import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../../src/cli/program.js';
import { AssertionError } from '../../../src/engine/assert.js';
import type { RunResult } from '../../../src/measure/run-result.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { syntheticResult } from '../report/synthetic.js';
import { FakeIo } from './fake-io.js';

vi.mock('../../../src/scenario/simulate.js', () => ({ simulate: vi.fn() }));

const SCENARIO = 'name: tiny\nquestion: What for?\ncluster: { nodes: [ { count: 1 } ] }\n';
const RESULT = syntheticResult(100);
let root: string;
let scenario: string;
let out: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hubsim-test-'));
  scenario = join(root, 'tiny.yaml');
  out = join(root, 'out');
  writeFileSync(scenario, SCENARIO);
  simulateGives(RESULT);
});
afterEach(() => rmSync(root, { recursive: true }));

function simulateGives(result: RunResult): void {
  vi.mocked(simulate).mockReset().mockReturnValue(result);
}

async function hubsim(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = new FakeIo();
  const code = await runProgram(words, io);
  return { code, out: io.outText, err: io.errText };
}

describe('hubsim run', () => {
  test('writes every file of a result and prints a table', async () => {
    const { code, out: text, err } = await hubsim('run', scenario, '--out', out);
    expect([code, err]).toEqual([0, '']);
    const tables = ['pods.csv', 'requests.csv', 'timeline.csv', 'workloads.csv'];
    const files = [
      ...tables,
      'charts',
      'report.html',
      'run.json',
      'scenario.json',
      'series.json',
      'summary.json',
    ].sort();
    expect(readdirSync(out)).toEqual(files);
    expect(readdirSync(join(out, 'charts'))).toEqual(['pods.png', 'requests.png', 'watch-lag.png']);
    expect(text).toContain('converged after');
    expect(text).toContain('creating pods: the last one after 5 s, held up by the rate limit of');
    expect(text).toContain('100 created, 100 bound, 100 running');
    expect(text).toContain(`${out}/`);
    expect(text).toContain('✓ convergence.seconds < 60.0');
  });

  test('leaves run.json as the only file that may differ', async () => {
    await hubsim('run', scenario, '--out', out, '--no-charts');
    expect(existsSync(join(out, 'charts'))).toBe(false);
    const info = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as Record<string, unknown>;
    expect(info).toMatchObject({ schema: 'hubsim/run/v1', versions: { hubsim: '0.1.0', node: process.versions.node } });
    expect(info.peakMemoryBytes).toBeGreaterThan(1e6);
  });

  test('leaves what report.html can be made of again, byte for byte', async () => {
    await hubsim('run', scenario, '--out', out, '--no-charts');
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    writeFileSync(join(out, 'report.html'), 'lost');
    expect(await hubsim('report', out, '--no-charts')).toEqual({
      code: 0,
      out: `${join(out, 'report.html')}\n`,
      err: '',
    });
    expect(readFileSync(join(out, 'report.html'), 'utf8') === html).toBe(true);
    const markdown = await hubsim('report', out, '--markdown');
    expect(markdown.out).toContain('### hubsim: synthetic ✅\n');
    expect(markdown.out).toContain('| converged after | 5.02 s |');
    const elsewhere = await hubsim('report', root);
    expect([elsewhere.code, elsewhere.err]).toEqual([2, expect.stringContaining('is not the result of a run')]);
  });

  test('gives the seed of the command line to the scenario', async () => {
    await hubsim('run', scenario, '--out', out, '--no-charts', '--seed', '7');
    expect(vi.mocked(simulate).mock.calls[0]?.[0]).toMatchObject({ seed: 7, name: 'tiny' });
  });

  test('prints nothing but the summary with --json, and nothing with --quiet', async () => {
    const json = await hubsim('run', scenario, '--out', out, '--no-charts', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ schema: 'hubsim/summary/v1', name: 'synthetic' });
    const quiet = await hubsim('run', scenario, '--out', out, '--no-charts', '--quiet');
    expect([quiet.code, quiet.out, quiet.err]).toEqual([0, '', '']);
  });

  test('ends with 1 when an expectation fails, and says which', async () => {
    const failed = { expression: 'pods.running == 5', value: false, pass: false };
    simulateGives({ ...RESULT, summary: { ...RESULT.summary, expectations: [failed] } });
    const { code, out: text } = await hubsim('run', scenario, '--out', out, '--no-charts');
    expect(code).toBe(1);
    expect(text).toContain('✗ pods.running == 5 (it is false)');
  });

  test('says loudly that a run is stuck and why, and leaves the verdict to the expectations', async () => {
    const end = {
      ...RESULT.summary.end,
      reason: 'stuck' as const,
      findings: ['13 pods unschedulable: Insufficient memory'],
    };
    simulateGives({ ...RESULT, summary: { ...RESULT.summary, end } });
    const { code, out: text } = await hubsim('run', scenario, '--out', out, '--no-charts');
    expect(code).toBe(0);
    expect(text).toContain('STUCK after');
    expect(text).toContain('! 13 pods unschedulable: Insufficient memory');
  });

  test('ends with 3 when a limit was hit', async () => {
    const end = { ...RESULT.summary.end, reason: 'limit' as const, findings: ['too many events'] };
    simulateGives({ ...RESULT, summary: { ...RESULT.summary, end } });
    expect((await hubsim('run', scenario, '--out', out, '--no-charts')).code).toBe(3);
  });

  test('ends with 3 when an internal check fails, without a stack trace, and writes nothing', async () => {
    vi.mocked(simulate).mockImplementation(() => {
      throw new AssertionError('revision went back');
    });
    const { code, err } = await hubsim('run', scenario, '--out', out);
    expect(code).toBe(3);
    expect(err).toBe('hubsim: AssertionError: revision went back\n');
    expect(existsSync(out)).toBe(false);
  });

  test('reads all files before it runs any', async () => {
    const { code } = await hubsim('run', scenario, join(root, 'missing.yaml'), '--out', out);
    expect(code).toBe(2);
    expect(simulate).not.toHaveBeenCalled();
    expect(existsSync(out)).toBe(false);
  });

  test('gives each of several scenarios a directory of its own', async () => {
    const other = join(root, 'other.yaml');
    writeFileSync(other, SCENARIO.replace('tiny', 'other'));
    expect((await hubsim('run', scenario, other, '--out', out, '--no-charts', '-q')).code).toBe(0);
    expect(readdirSync(out)).toEqual(['other', 'tiny']);
    expect((await hubsim('run', scenario, scenario, '--out', out)).err).toContain('two scenarios are named tiny');
  });

  test('refuses a directory with anything else in it before it runs', async () => {
    const { code, err } = await hubsim('run', scenario, '--out', root);
    expect(code).toBe(2);
    expect(err).toContain('tiny.yaml, which is no part of a result');
    expect(simulate).not.toHaveBeenCalled();
  });

  test('shows progress on a terminal alone', async () => {
    vi.mocked(simulate).mockImplementation((_scenario, hooks) => {
      hooks?.progress?.(12.3e9, 500_000);
      return RESULT;
    });
    const io = new FakeIo({ terminal: true });
    await runProgram(['run', scenario, '--out', out, '--no-charts'], io);
    expect(io.errText).toContain('12.3s virtual, 500,000 events, ');
    expect((await hubsim('run', scenario, '--out', out, '--no-charts')).err).toBe('');
  });
});
