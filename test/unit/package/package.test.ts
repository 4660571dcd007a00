import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What the tests look at in package.json. */
interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const TOP = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(TOP, 'package.json'), 'utf8')) as Manifest;

/** `./dist/cli/main.js` → `src/cli/main.ts`: what is built lies as its source does. */
function sourceOf(built: string): string {
  return built.replace(/^(\.\/)?dist\//, 'src/').replace(/(\.d\.ts|\.js)$/, '.ts');
}

describe('the package', () => {
  test('offers only what there is a source for', () => {
    const targets = Object.values(manifest.exports).flatMap((to) =>
      typeof to === 'string' ? [to] : Object.values(to),
    );
    const missing = [...targets, ...Object.values(manifest.bin)].filter((to) => !existsSync(join(TOP, sourceOf(to))));
    expect(missing).toEqual([]);
  });

  test('ships only folders and files that are there', () => {
    expect(manifest.files.filter((file) => file !== 'dist' && !existsSync(join(TOP, file)))).toEqual([]);
  });

  test('runs nothing when somebody installs it: prepare is for those who cloned it', () => {
    const hooks = ['preinstall', 'install', 'postinstall'];
    expect(hooks.filter((hook) => manifest.scripts[hook] !== undefined)).toEqual([]);
    expect(manifest.scripts.prepare).toBe('npm run build');
  });

  test('pins every dependency exactly', () => {
    const { dependencies, optionalDependencies, devDependencies } = manifest;
    const all = Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('has a lockfile that names no registry', () => {
    expect(readFileSync(join(TOP, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"|https?:\/\/registry/);
  });

  test.each(['help', 'run'])('starts with the code that was compiled for %s when it was built', (use) => {
    const asks = `require('./dist/bundle/load.cjs').load('${use}').script.cachedDataRejected`;
    const { stdout } = spawnSync(process.execPath, ['--print', asks], { cwd: TOP, encoding: 'utf8' });
    expect(stdout.trim()).toBe('false');
  });
});
