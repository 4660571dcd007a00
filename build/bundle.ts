import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { licences } from './licences.js';

/*
 * Puts what `tsc` wrote to `dist` into one file: a command waits longer for a thousand small ones than for its work. It is
 * a script and no module, since Node.js takes only scripts with code that was compiled before (`load.cjs`). Entries keep
 * their places and only point into `dist/bundle`; what several need is there once.
 */
const TOP = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(TOP, 'dist');
const BUNDLE = join(DIST, 'bundle');
const LOAD = join(BUNDLE, 'load.cjs');

type Entries = Readonly<Record<string, () => object>>;

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

/** A script does not know its place as a module does. */
const PLACE = "const placeOfBundle = require('node:url').pathToFileURL(__filename).href;";

/** `import('chart.js')`: a script that is run with compiled code imports through its loader (`load.cjs`). */
const IMPORT = new RegExp(`\\bimport\\((?=['"](?:node:\\w+|${EXTERNAL.join('|')})['"]\\))`, 'g');

/** A module goes on finding the files beside the place where it was. */
const places: Plugin = {
  name: 'places',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(DIST)) return undefined;
      const place = JSON.stringify(relative(BUNDLE, path));
      const text = readFileSync(path, 'utf8');
      const placed = text.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`);
      return { contents: placed.replaceAll(IMPORT, 'importModule(') };
    });
  },
};

rmSync(BUNDLE, { recursive: true, force: true });
const { metafile } = await build({
  stdin: {
    contents: ENTRIES.map((entry) => `exports['${entry}'] = () => require('./${entry}.js');`).join('\n'),
    resolveDir: DIST,
  },
  outfile: join(BUNDLE, 'hubsim.cjs'),
  bundle: true,
  metafile: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: EXTERNAL,
  // Newer ones make a tenth of the start of tables of Unicode, for nothing but the width of words in a help.
  alias: { 'string-width': fileURLToPath(import.meta.resolve('string-width')) },
  define: { 'import.meta.url': 'placeOfBundle' },
  banner: { js: PLACE },
  plugins: [places],
  legalComments: 'none',
  // Read at each start: a third of it is white.
  minifyWhitespace: true,
  logLevel: 'warning',
});
writeFileSync(join(BUNDLE, 'LICENCES.txt'), licences(Object.keys(metafile.inputs), TOP));
for (const file of modules()) rmSync(file);
copyFileSync(join(TOP, 'build/load.cjs'), LOAD);
// What starts the command is a script, too: the loader of modules takes longer to start than the rest of Node.js.
writeFileSync(join(DIST, 'cli/package.json'), '{ "type": "commonjs" }\n');
const { load } = createRequire(import.meta.url)(LOAD) as { load: (use: string) => { entries: Entries } };
const { entries } = load('run');
for (const entry of ENTRIES) writeFileSync(join(DIST, `${entry}.js`), pointer(entry));
const out = mkdtempSync(join(tmpdir(), 'hubsim-build-'));
compile('--help');
compile('run', join(TOP, 'scenarios/my-spring-app.yaml'), '--out', join(out, 'run'), '--no-charts', '--quiet');
rmSync(out, { recursive: true });

function compile(...words: string[]): void {
  execFileSync(process.execPath, [join(TOP, 'build/compile.cjs'), ...words]);
}

/** The modules that are in the bundle now. */
function modules(): string[] {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  return files.filter((file) => !/^(bundle|page)[\\/]/.test(file)).map((file) => join(DIST, file));
}

function pointer(entry: string): string {
  const path = relative(dirname(resolve(DIST, entry)), LOAD).replaceAll('\\', '/');
  const from = path.startsWith('.') ? path : `./${path}`;
  if (entry === 'cli/main')
    return `#!/usr/bin/env node\nconst { load, useFor } = require('${from}');\nload(useFor(process.argv.slice(2))).entries['cli/main']();\n`;
  const names = Object.keys(entries[entry]!());
  return [
    `import bundle from '${from}';`,
    `const entry = bundle.load('run').entries['${entry}']();`,
    ...names.map((name) =>
      name === 'default' ? 'export default entry.default;' : `export const ${name} = entry.${name};`,
    ),
    '',
  ].join('\n');
}
