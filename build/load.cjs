const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const FILE = join(__dirname, 'hubsim.cjs');

/**
 * Runs the bundle with the code that was compiled for it when it was built: compiling takes longer than the smallest
 * simulation. Another Node.js than the one it was built with does not take it, and compiles anew.
 */
const script = new Script(
  `(function (exports, require, module, __filename, __dirname, importModule) {${readFileSync(FILE, 'latin1')}\n})`,
  {
    filename: FILE,
    cachedData: compiled(),
  },
);
const entries = {};
const importModule = (name) => import(name);
script.runInThisContext()(entries, require, { exports: entries }, FILE, __dirname, importModule);

function compiled() {
  try {
    return readFileSync(`${FILE}.compiled`);
  } catch {
    return undefined;
  }
}

module.exports = { entries, script };
