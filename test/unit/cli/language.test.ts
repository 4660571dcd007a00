import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program.js';
import { FakeIo } from './fake-io.js';

const TINY = 'cluster: { profile: ideal, nodes: [ { count: 1 } ] }\nexpect: [ end.reason == "converged" ]\n';
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hubsim-test-'));
  for (const name of ['a', 'b']) writeFileSync(join(root, `${name}.yaml`), TINY);
});
afterEach(() => rmSync(root, { recursive: true }));

async function hubsim(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = new FakeIo();
  const code = await runProgram(words, io);
  return { code, out: io.outText, err: io.errText };
}

async function run(...words: string[]): ReturnType<typeof hubsim> {
  return hubsim('run', '--no-charts', '--out', join(root, 'out'), ...words);
}

describe('hubsim init', () => {
  test('writes a scenario that runs as it is and meets its expectations', async () => {
    const file = join(root, 'mine.yaml');
    expect(await hubsim('init', file)).toMatchObject({ code: 0, err: '' });
    expect(await run(file, '--quiet')).toEqual({ code: 0, out: '', err: '' });
  });

  test('leaves what is there as it is', async () => {
    writeFileSync(join(root, 'web.yaml'), 'mine');
    const { code, err } = await hubsim('init', join(root, 'mine.yaml'));
    expect(code).toBe(2);
    expect(err).toContain('web.yaml is there already; give another name; nothing was written');
    expect(existsSync(join(root, 'mine.yaml'))).toBe(false);
    expect((await hubsim('init', join(root, 'no/where.yaml'))).err).toContain('where.yaml: ENOENT');
  });
});

describe('hubsim check', () => {
  test('takes patterns and counts', async () => {
    writeFileSync(join(root, 'c.yaml'), 'cluster: {}');
    const { code, out, err } = await hubsim('check', join(root, '*.yaml'));
    expect([code, out.split('\n').at(-2)]).toEqual([2, '2 fine, 1 wrong']);
    expect(err).toContain('c.yaml:1:10: cluster.nodes: the cluster has no nodes');
    expect((await hubsim('check', '-q', join(root, '[ab].yaml'))).out).toBe('');
  });

  test('says when nothing matches', async () => {
    expect((await hubsim('check', join(root, '*.yml'))).err).toContain('*.yml; quote the pattern, or name the files');
  });
});

describe('hubsim run', () => {
  test('takes patterns, and gives each scenario a directory', async () => {
    expect((await run(join(root, '*.yaml'))).code).toBe(0);
    expect(readdirSync(join(root, 'out'))).toEqual(['a', 'b']);
  });

  test('takes other values than those of the file, and keeps them for explain', async () => {
    const words = ['--set', 'name=x', '--set', 'cluster.nodes[0].count=2', '--until', '3s', '--profile', 'vm-2-core'];
    const { code, out } = await run(join(root, 'a.yaml'), ...words, '--set', 'stop.when=horizon', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([1, { name: 'x', end: { reason: 'horizon', virtualSeconds: 3 } }]);
    const { scenario } = JSON.parse(readFileSync(join(root, 'out/run.json'), 'utf8')) as { scenario: object };
    expect(scenario).toMatchObject({ settings: [{ path: 'name' }, {}, {}, {}, {}] });
  });

  test.each([
    [['--until', 'soon'], '--until soon: stop.atMost: "soon" is not a duration'],
    [['--profile', 'fast'], '--profile fast: cluster.profile: "fast" is not allowed'],
    [['--set', 'seed'], '--set seed sets nothing'],
    [['--set', 'sed=3'], 'unknown key "sed"; did you mean "seed"?'],
  ])('ends with 2 for %j', async (words, message) => {
    const { code, err } = await run(join(root, 'a.yaml'), ...words);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('writes its expectations as JUnit XML', async () => {
    const file = join(root, 'junit.xml');
    const strange = '"<&>" == "\\u0007\\n"';
    const expectations = JSON.stringify(['pods.running == 1', 'true', strange]);
    const { code } = await run(join(root, 'a.yaml'), '--junit', file, '--set', `expect=${expectations}`);
    expect(code).toBe(1);
    const xml = readFileSync(file, 'utf8');
    expect(XMLValidator.validate(xml)).toBe(true);
    const options = {
      ignoreAttributes: false,
      attributeNamePrefix: '',
      isArray: (tag: string) => /^(testsuite|testcase|failure)$/.test(tag),
    };
    const [suite] = new XMLParser({ ...options, processEntities: true }).parse(xml).testsuites.testsuite;
    expect(suite).toMatchObject({ name: 'a', file: join(root, 'a.yaml'), tests: '4', failures: '2' });
    expect(Number(suite.time)).toBeGreaterThan(0);
    const failure = [{ type: 'expectation', message: 'it is false' }];
    expect(suite.testcase).toEqual([
      { classname: 'a', name: 'the run ends within its limits' },
      { classname: 'a', name: 'pods.running == 1', failure },
      { classname: 'a', name: 'true' },
      { classname: 'a', name: strange, failure },
    ]);
    expect((await run(join(root, 'a.yaml'), '--junit', join(root, 'no/x'))).err).toContain(
      'give another file with --junit',
    );
  });

  test('runs again when a file that it read is saved, mistakes or not', async () => {
    const file = join(root, 'a.yaml');
    const io = new FakeIo();
    const saves = ['cluster: {}', TINY.replace('converged', 'stuck')];
    io.changed = async (files) => {
      expect(files).toEqual([file]);
      const text = saves.shift();
      if (text !== undefined) writeFileSync(file, text);
      return text !== undefined;
    };
    const code = await runProgram(['run', '-w', '--no-charts', '--out', join(root, 'out'), file], io);
    expect(code).toBe(1);
    expect(io.errText).toContain('a.yaml:1:10: cluster.nodes: the cluster has no nodes');
    expect(io.outText.match(/[✓✗] end/gm)).toEqual(['✓ end', '✗ end']);
  });
});

describe('hubsim schema', () => {
  test('prints what is in schema/scenario.json', async () => {
    expect((await hubsim('schema')).out).toBe(readFileSync('schema/scenario.json', 'utf8'));
  });
});
