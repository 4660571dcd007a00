/* Keeps the compiled code of what the smallest scenario runs through, so that the next start has it (`load.cjs`). */
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');

const TOP = join(__dirname, '..');
const { entries, script } = require(join(TOP, 'dist/bundle/load.cjs'));
const out = mkdtempSync(join(tmpdir(), 'hubsim-build-'));

process.argv = [
  process.execPath,
  'hubsim',
  'run',
  join(TOP, 'scenarios/my-spring-app.yaml'),
  '--out',
  join(out, 'run'),
  '--no-charts',
  '--quiet',
];
process.on('exit', () => {
  // Taken only with the same flags: this one is the default again, which the command changes when it has been loaded.
  setFlagsFromString('--semi-space-growth-factor=2');
  writeFileSync(join(TOP, 'dist/bundle/hubsim.cjs.compiled'), script.createCachedData());
  rmSync(out, { recursive: true });
});
entries['cli/main']();
