/* Keeps the compiled code of what the smallest scenario runs through, so that the next start has it (`load.cjs`). */
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

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
  writeFileSync(join(TOP, 'dist/bundle/hubsim.cjs.compiled'), script.createCachedData());
  rmSync(out, { recursive: true });
});
entries['cli/main']();
