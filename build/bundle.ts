/**
 * Puts what `tsc` wrote to `dist` into few files: a command waits longer for a thousand small ones than for its work.
 * Entries keep their places and only point into `dist/bundle`, where modules that several need are there once.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { licences } from './licences.js';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(TOP, 'dist');
const BUNDLE = join(DIST, 'bundle');

/** Where the package is entered, below `dist`. */
const ENTRIES = ['cli/main', 'index', 'engine/index', 'experiment/run-thread'];

/** What is loaded only when it is needed, or brings programs and files of its own. */
const EXTERNAL = [
  '@napi-rs/canvas',
  'bullmq',
  'canvas',
  'chart.js',
  'chartjs-node-canvas',
  'esbuild',
  'hyparquet-writer',
  'ioredis',
  'tinypool',
];

/** Packages that are no modules look for `require`. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);";

/** A module goes on finding the files beside the place where it was. */
const places: Plugin = {
  name: 'places',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(DIST)) return undefined;
      const place = JSON.stringify(relative(BUNDLE, path));
      const text = readFileSync(path, 'utf8');
      return { contents: text.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`) };
    });
  },
};

rmSync(BUNDLE, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: Object.fromEntries(ENTRIES.map((entry) => [entry.replaceAll('/', '-'), join(DIST, `${entry}.js`)])),
  outdir: BUNDLE,
  bundle: true,
  splitting: true,
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: EXTERNAL,
  banner: { js: REQUIRE },
  plugins: [places],
  legalComments: 'none',
  // Read at each start: a third of it is white.
  minifyWhitespace: true,
  logLevel: 'warning',
});
writeFileSync(join(BUNDLE, 'LICENCES.txt'), licences(Object.keys(metafile.inputs), TOP));
for (const file of modules()) rmSync(file);
for (const entry of ENTRIES) writeFileSync(join(DIST, `${entry}.js`), pointer(entry));

/** The modules that are in the bundle now. */
function modules(): string[] {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  return files.filter((file) => !/^(bundle|page)[\\/]/.test(file)).map((file) => join(DIST, file));
}

function pointer(entry: string): string {
  const from = dirname(resolve(DIST, entry));
  const to = relative(from, join(BUNDLE, `${entry.replaceAll('/', '-')}.js`)).replaceAll('\\', '/');
  const path = to.startsWith('.') ? to : `./${to}`;
  if (entry === 'cli/main') return `#!/usr/bin/env node\nimport '${path}';\n`;
  const named = `export * from '${path}';\n`;
  return entry === 'experiment/run-thread' ? `${named}export { default } from '${path}';\n` : named;
}
