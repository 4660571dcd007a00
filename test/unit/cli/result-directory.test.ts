import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeDirectory } from '../../../src/cli/result-directory.js';
import { resultFiles } from '../../../src/report/result-files.js';
import { syntheticResult } from '../report/synthetic.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hubsim-test-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function file(path: string, ...content: string[]): { path: string; content: string[] } {
  return { path, content };
}

describe('writeDirectory', () => {
  test('writes all files, in folders that are not there yet', () => {
    writeDirectory(join(root, 'a/b'), [file('summary.json', 'one', 'two'), file('charts/pods.png', 'x')]);
    expect(readFileSync(join(root, 'a/b/summary.json'), 'utf8')).toBe('onetwo');
    expect(readdirSync(join(root, 'a'))).toEqual(['b']);
    expect(readdirSync(join(root, 'a/b'))).toEqual(['charts', 'summary.json']);
  });

  test('replaces an older result whole', () => {
    const target = join(root, 'result');
    writeDirectory(target, [file('summary.json', 'old'), file('pods.csv', 'old')]);
    writeDirectory(target, [file('summary.json', 'new')]);
    expect(readdirSync(target)).toEqual(['summary.json']);
    expect(readdirSync(root)).toEqual(['result']);
  });

  test('leaves the older result and nothing else when writing fails half way', () => {
    const target = join(root, 'result');
    writeDirectory(target, [file('summary.json', 'old')]);
    function* failing(): Generator<string> {
      yield 'begun';
      throw new Error('no more');
    }
    const files = [file('summary.json', 'new'), { path: 'pods.csv', content: failing() }];
    expect(() => writeDirectory(target, files)).toThrow('no more');
    expect(readFileSync(join(target, 'summary.json'), 'utf8')).toBe('old');
    expect(readdirSync(root)).toEqual(['result']);
  });

  test('does not touch a directory that holds anything else', () => {
    const target = join(root, 'home');
    mkdirSync(target);
    writeFileSync(join(target, 'thesis.tex'), 'precious');
    expect(() => writeDirectory(target, [file('summary.json', 'new')])).toThrow(
      'thesis.tex, which is no part of a result',
    );
    expect(readdirSync(root)).toEqual(['home']);
    expect(readdirSync(target)).toEqual(['thesis.tex']);
  });

  test('refuses a place where there can be no directory', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => writeDirectory(join(root, 'file/result'), [])).toThrow(/cannot write to .*file\/result/);
  });

  test('takes an empty directory, and refuses a file', () => {
    mkdirSync(join(root, 'empty'));
    writeDirectory(join(root, 'empty'), [file('summary.json', 'new')]);
    expect(existsSync(join(root, 'empty/summary.json'))).toBe(true);
    writeFileSync(join(root, 'file'), '');
    expect(() => writeDirectory(join(root, 'file'), [])).toThrow('is not a directory');
  });
});

test('the same result gives the same bytes', () => {
  const bytes = (): string[] => resultFiles(syntheticResult(500)).map(({ content }) => [...content].join(''));
  expect(bytes()).toEqual(bytes());
});

test('summary.json keeps nanoseconds and drops the noise of sums', () => {
  const [summary] = resultFiles(syntheticResult(10));
  const text = [...summary!.content].join('');
  expect(JSON.parse(text)).toMatchObject({ cpu: { 'kube-apiserver': 1.23456789, etcd: 0.3 } });
  expect(text.endsWith('}\n')).toBe(true);
});
