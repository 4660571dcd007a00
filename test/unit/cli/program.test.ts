import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program.js';
import { FakeIo } from './fake-io.js';

async function hubsim(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = new FakeIo();
  const code = await runProgram(words, io);
  return { code, out: io.outText, err: io.errText };
}

describe('hubsim', () => {
  test.each([['--help'], ['-h'], ['run', '-h'], ['check', '--help'], ['validate', '-h']])(
    '%s %s helps',
    async (...words) => {
      const { code, out, err } = await hubsim(...words);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('hubsim');
      expect(out).toContain('--help');
    },
  );

  test('tells its version', async () => {
    expect((await hubsim('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([
    [['rn', 'x.yaml'], 'Did you mean run?'],
    [['run'], 'name at least one file or directory'],
    [['run', 'x.yaml', '--sede', '3'], 'Unknown argument: --sede; did you mean --seed?'],
    [['run', 'x.yaml', '--no-chart'], 'Unknown argument: --no-chart; did you mean --no-charts?'],
    [['check', 'x.yaml', '--quite=true'], 'Unknown argument: --quite; did you mean --quiet?'],
    [['run', 'x.yaml', '--wobble'], 'Unknown argument: --wobble; see hubsim --help'],
    [['run', 'x.yaml', '--seed'], '--seed needs a value'],
    [['schema', 'x.yaml'], 'Unknown argument: x.yaml; see'],
    [['run', 'x.yaml', '--seed', 'many'], '--seed many is not a whole number'],
    [['validate', 'nowhere'], 'there is no directory nowhere'],
    [['validate', 'README.md'], 'README.md is not a directory of measured cases'],
    [['validate', 'test', '--kinds', 'rat'], '--kinds rat is unknown; did you mean "rate"?'],
    [['check', 'nowhere.yaml'], 'there is no file nowhere.yaml'],
    [['run', 'k8s-sims-1200'], 'there is no file k8s-sims-1200; did you mean scenarios/k8s-sims-1200.yaml?'],
    [['run', 'scenarios/rolling-updat.yaml'], 'did you mean scenarios/rolling-update.yaml?'],
  ])('ends with 2 and one line for %j', async (words, message) => {
    const { code, out, err } = await hubsim(...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('without a command shows the help and ends with 2', async () => {
    const { code, out } = await hubsim();
    expect(code).toBe(2);
    expect(out).toContain('Commands:');
  });

  test('checks the scenarios of the project', async () => {
    const { code, out, err } = await hubsim('check', 'scenarios/my-spring-app.yaml', 'scenarios/scale-up-1000.yaml');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('scenarios/my-spring-app.yaml: fine');
  });
});
