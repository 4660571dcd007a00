import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** A module goes on finding the files beside the place where it was. */
const places: Plugin = {
  name: 'places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const place = JSON.stringify(pathToFileURL(path).href);
      return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', place), loader: 'ts' };
    });
  },
};

/** `case.ts` as one script, as hubsim itself is shipped: what runs from many modules is up to a tenth slower. Gives its path. */
export async function compiledCase(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'hubsim-bench-')), 'case.cjs');
  const entry = fileURLToPath(new URL('case.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    plugins: [places],
    logLevel: 'warning',
  });
  return outfile;
}
