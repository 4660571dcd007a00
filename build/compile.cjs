/* Keeps the compiled code of what a command line runs through, so that the next start has it (`load.cjs`): compile.cjs WORD… */
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { load, useFor } = require('../dist/bundle/load.cjs');

const words = process.argv.slice(2);
const use = useFor(words);
const { entries, script } = load(use);
process.on('exit', () => {
  // Taken only with the same flags: this one is the default again, which the command changes when it has been loaded.
  setFlagsFromString('--semi-space-growth-factor=2');
  writeFileSync(join(__dirname, `../dist/bundle/hubsim.cjs.${use}`), script.createCachedData());
});
entries['cli/main']();
