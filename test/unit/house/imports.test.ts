import { describe, expect, it } from 'vitest';
import { importsOf, sourceFiles } from './source-files.js';

/** What each room may import beside itself (design §2). */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  random: [],
  stats: ['random'],
  api: [],
  hub: ['engine', 'random', 'api'],
  client: ['engine', 'random', 'api'],
  spokes: ['client', 'api', 'engine', 'random'],
  cluster: ['spokes', 'client', 'hub', 'api', 'engine', 'random', 'stats'],
  measure: ['engine', 'stats', 'api', 'hub'],
  scenario: ['cluster', 'spokes', 'client', 'hub', 'api', 'engine', 'random', 'stats', 'measure'],
  experiment: ['scenario', 'measure', 'stats', 'random', 'api'],
  report: ['experiment', 'measure', 'stats', 'random'],
  page: ['report', 'measure'],
  cli: [
    'experiment',
    'report',
    'scenario',
    'measure',
    'cluster',
    'spokes',
    'client',
    'hub',
    'api',
    'engine',
    'random',
    'stats',
  ],
};

const files = sourceFiles('src');

/** `src/hub/store.ts` → `hub`. */
function roomOf(path: string): string {
  return path.split('/')[1]!;
}

/** `src/spokes/kubelet/pleg.ts` → `kubelet`; each controller is a spoke of its own. */
function spokeOf(path: string): string {
  const [, , spoke, part] = path.split('/');
  return spoke === 'controllers' ? `controllers/${part}` : spoke!;
}

describe('imports', () => {
  it('finds the rooms it knows, and no others', () => {
    const rooms = new Set(files.filter(({ path }) => path.split('/').length > 2).map(({ path }) => roomOf(path)));
    expect([...rooms].filter((room) => ALLOWED[room] === undefined)).toEqual([]);
  });

  it('point one way: no room imports a higher one', () => {
    const wrong: string[] = [];
    for (const file of files.filter(({ path }) => path !== 'src/index.ts')) {
      const room = roomOf(file.path);
      for (const imported of importsOf(file)) {
        const other = roomOf(imported);
        if (imported.startsWith('src/') && other !== room && !ALLOWED[room]!.includes(other)) {
          wrong.push(`${file.path} imports ${imported}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('let spokes meet only at the hub', () => {
    const wrong: string[] = [];
    for (const file of files.filter(({ path }) => path.startsWith('src/spokes/'))) {
      for (const imported of importsOf(file)) {
        if (imported.startsWith('src/spokes/') && spokeOf(imported) !== spokeOf(file.path)) {
          wrong.push(`${file.path} imports ${imported}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('reach every file: none lies about unused', () => {
    const reached = new Set(files.flatMap(importsOf));
    const entries = new Set(['src/index.ts', 'src/engine/index.ts', 'src/cli/main.ts', 'src/page/main.ts']);
    const tested = new Set(sourceFiles('test').flatMap(importsOf));
    const dead = files
      .map(({ path }) => path)
      .filter((path) => !reached.has(path) && !entries.has(path) && !tested.has(path));
    expect(dead).toEqual([]);
  });
});
