import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, type Difference, firstDifference, Skip, type Suite, type VectorFile } from './suite.js';

/** One wrong answer. */
export interface Failure extends Difference {
  readonly id: string;
  readonly tag: string;
}

/** How a vector file went. */
export interface FileResult {
  readonly name: string;
  readonly cases: number;
  readonly passed: number;
  readonly skipped: number;
  /** False when no suite answers this file. */
  readonly answered: boolean;
  readonly failures: readonly Failure[];
}

/** Runs every `*.json` of a directory against the suite of its name. */
export function runDirectory(directory: string, suites: readonly Suite[]): readonly FileResult[] {
  const byName = new Map(suites.map((suite) => [suite.name, suite]));
  const names = readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
  return names.map((name) => {
    const file = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')) as VectorFile;
    const suite = byName.get(name);
    if (suite !== undefined) return runFile(file, suite);
    return { name, cases: file.cases.length, passed: 0, skipped: file.cases.length, answered: false, failures: [] };
  });
}

function runFile(file: VectorFile, suite: Suite): FileResult {
  const failures: Failure[] = [];
  let skipped = 0;
  for (const testCase of file.cases) {
    const outcome = runCase(testCase, file.constants, suite);
    if (outcome instanceof Skip) skipped++;
    else if (outcome !== undefined) failures.push({ id: testCase.id, tag: testCase.tags[0] ?? '', ...outcome });
  }
  const cases = file.cases.length;
  return { name: suite.name, cases, passed: cases - skipped - failures.length, skipped, answered: true, failures };
}

function runCase(testCase: Case, constants: unknown, suite: Suite): Difference | Skip | undefined {
  try {
    const got = suite.answer(testCase, constants);
    if (got instanceof Skip) return got;
    return (suite.compare ?? firstDifference)(testCase.expect, got);
  } catch (error) {
    // A case whose code throws has failed like any other; the rest of the file still counts.
    return { path: '', expected: testCase.expect, got: error instanceof Error ? error.stack : error };
  }
}

/** `NAME: N passed, N failed`, with the skipped ones where there are any. */
export function describeResult({ name, cases, passed, skipped, answered, failures }: FileResult): string {
  if (!answered) return `${name}: skipped (${cases} cases): not answered yet`;
  return `${name}: ${passed} passed, ${failures.length} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

/** The first wrong answer to each question, ready to print. */
export function describeFailures(failures: readonly Failure[]): readonly string[] {
  const tags = new Set<string>();
  const lines: string[] = [];
  for (const { id, tag, path, expected, got } of failures) {
    if (tags.has(tag)) continue;
    tags.add(tag);
    const shown = typeof got === 'string' ? got : JSON.stringify(got);
    lines.push(`  ${tag}: ${id} at ${path || 'the answer'}: expected ${JSON.stringify(expected)}, got ${shown}`);
  }
  return lines;
}
