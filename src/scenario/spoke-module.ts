import { createRequire, SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import type * as Esbuild from 'esbuild';
import { InputError } from '../api/input-error.js';
import * as library from '../spokes/custom/index.js';

/** A module of the user's, run: what it exports, and where in its files an error of its was thrown. */
export interface SpokeModule {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly locate: (error: Error) => string;
}

const requireHere = createRequire(import.meta.url);
const MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;

/**
 * Runs a TypeScript or JavaScript module with everything it imports bundled in; `hubsim` is this very program. Done without
 * promises, so that a scenario can be read in one go. Throws InputError for one that cannot be read or fails when run.
 */
export function loadSpokeModule(file: string, text: string): SpokeModule {
  const bundled = bundle(file, text);
  const map = sourceMapOf(bundled);
  const locate = (error: Error): string => placeOf(error, file, map);
  const module = { exports: {} as Record<string, unknown> };
  const require = createRequire(resolve(file));
  const load = (name: string): unknown => (name === 'hubsim' ? library : require(name));
  try {
    // Modules are strict: writing to a frozen version of a cache must not pass unnoticed.
    const run = compileFunction(`'use strict';${bundled}`, ['module', 'exports', 'require'], { filename: file });
    run(module, module.exports, load);
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(error.message, { file, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) });
    const { name, message } = error as Error;
    throw new InputError(`${name}: ${message}${locate(error as Error)}`, {
      file,
      remedy: 'the module fails when it is loaded',
    });
  }
  return { exports: module.exports, locate };
}

function bundle(file: string, text: string): string {
  const { buildSync } = esbuild(file);
  try {
    const { outputFiles } = buildSync({
      stdin: {
        contents: text,
        resolveDir: resolve(dirname(file)),
        sourcefile: file,
        loader: file.endsWith('.ts') ? 'ts' : 'js',
      },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      external: ['hubsim'],
      sourcemap: 'inline',
      logLevel: 'silent',
    });
    return outputFiles[0]!.text;
  } catch (error) {
    throw mistakeIn(error as Partial<Esbuild.BuildFailure> & Error, file);
  }
}

/** The compiler is loaded when it is needed: most scenarios have no code of their own. */
function esbuild(file: string): typeof Esbuild {
  try {
    return requireHere('esbuild') as typeof Esbuild;
  } catch {
    throw new InputError('spokes need the package esbuild, which is not installed', {
      file,
      remedy: 'npm install esbuild',
    });
  }
}

function mistakeIn(failure: Partial<Esbuild.BuildFailure> & Error, file: string): InputError {
  const first = failure.errors?.[0];
  if (first === undefined) return new InputError(failure.message, { file });
  const { location } = first;
  if (location === null) return new InputError(first.text, { file });
  return new InputError(first.text, { file: location.file, line: location.line, column: location.column + 1 });
}

function sourceMapOf(bundled: string): SourceMap | undefined {
  const encoded = MAP.exec(bundled)?.[1];
  if (encoded === undefined) return undefined;
  return new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as SourceMapPayload);
}

/** ` (my-operator.ts:12)`: the innermost frame that is the user's. */
function placeOf(error: Error, file: string, map: SourceMap | undefined): string {
  const frames = (error.stack ?? '').split('\n').slice(1);
  const own = frames.find((frame) => frame.includes(`${file}:`));
  const [, line, column] = /:([0-9]+):([0-9]+)\)?$/.exec(own ?? '') ?? [];
  if (line === undefined || column === undefined || map === undefined) return '';
  const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
  if (!('originalLine' in entry)) return '';
  return ` (${entry.originalSource.split('/').at(-1)}:${entry.originalLine + 1})`;
}
