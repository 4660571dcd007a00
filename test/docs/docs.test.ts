import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/loader.js';
import { runScenario, SCENARIOS } from '../golden/golden-record.js';
import { WITH_FIGURES, withFigures } from './figures.js';
import { timeless, withOutput } from './printed.js';
import { scenarioPage } from './scenario-page.js';
import { FOLLOWED, followed } from './session.js';

const TOP = join(import.meta.dirname, '../..');
const PAGES = ['README.md', 'CHANGELOG.md', ...readdirSync(join(TOP, 'docs')).map((file) => `docs/${file}`)].filter(
  (file) => file.endsWith('.md'),
);

function textOf(file: string): string {
  return readFileSync(join(TOP, file), 'utf8');
}

describe('the generated pages are up to date (npm run docs)', () => {
  test('docs/scenario.md has every key of the schema', () => {
    expect(textOf('docs/scenario.md')).toBe(scenarioPage());
  });

  test('README.md shows what the commands print', () => {
    const page = textOf('README.md');
    expect(timeless(withOutput(page))).toBe(timeless(page));
    expect(page.match(/^\$ npx hubsim run /gm)!.length).toBeGreaterThanOrEqual(2);
  });
});

describe('the pages with figures in their sentences', () => {
  test.each(WITH_FIGURES)('%s has those of the runs (npm run docs)', (file) => {
    expect(withFigures(textOf(file))).toBe(textOf(file));
  });

  test('docs/faq.md says how long a cluster rests before time zero', () => {
    const { timeZeroNs } = runScenario('my-spring-app');
    expect(textOf('docs/faq.md')).toContain('cluster rests for ten seconds');
    expect(Math.floor(timeZeroNs / 1e9)).toBe(10);
  });

  test('are many, and change with the runs', () => {
    expect(textOf('docs/cookbook.md').match(/<!--figure /g)!.length).toBeGreaterThan(15);
    expect(withFigures('<!--figure my-spring-app: pods.created * 1.0-->7<!--/-->')).toContain('-->3<!--');
  });
});

describe('the pages whose commands are run', () => {
  test.each(Object.entries(FOLLOWED))('%s shows what they print', (file, fromNothing) => {
    const page = textOf(file);
    expect(timeless(followed(page, fromNothing))).toBe(timeless(page));
  });
});

describe('docs/cookbook.md', () => {
  const recipes = textOf('docs/cookbook.md').split(/^## /m).slice(1);

  test('asks twelve questions', () => {
    expect(recipes).toHaveLength(12);
    expect(recipes.filter((recipe) => !recipe.split('\n')[0]!.endsWith('?'))).toEqual([]);
  });

  test.each(recipes.map((recipe): [string, string] => [recipe.split('\n')[0]!, recipe]))(
    'answers with scenarios that every build runs: %s',
    (_, recipe) => {
      const named = [...recipe.matchAll(/ scenarios\/(\S+)\.yaml/g)].map((match) => match[1]!);
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((name) => !SCENARIOS.includes(name))).toEqual([]);
    },
  );
});

describe('the pages', () => {
  test('show scenarios that the loader takes', () => {
    const blocks = PAGES.flatMap((file) => [...textOf(file).matchAll(/^```yaml\n(.*?)^```$/gms)]);
    const scenarios = blocks.map(([, text]) => text!).filter((text) => /^cluster:/m.test(text));
    expect(scenarios.length).toBeGreaterThan(0);
    for (const scenario of scenarios) {
      const file = join(TOP, 'scenarios', 'page.yaml');
      const readFile = (path: string): string => (path === file ? scenario : readFileSync(path, 'utf8'));
      expect(loadScenario(file, { readFile }).warnings).toEqual([]);
    }
  });

  test.each(PAGES)('%s links to files that are there, and has one title', (page) => {
    const text = textOf(page);
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map((match) => match[1]!);
    expect(targets.filter((target) => !existsSync(join(TOP, dirname(page), target)))).toEqual([]);
    expect(text.replaceAll(/^```.*?^```$/gms, '').match(/^# /gm)).toHaveLength(1);
  });

  test('name npm scripts that there are', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = PAGES.flatMap((file) => [...textOf(file).matchAll(/npm run ([a-z-]+)/g)].map((match) => match[1]!));
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
  });
});
