const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const FILE = join(__dirname, 'hubsim.cjs');
let loaded;

/**
 * Runs the bundle, once, with the code that was compiled for it when it was built: compiling takes longer than the smallest
 * simulation. Another Node.js than the one it was built with does not take it, and compiles anew. `use` is what it is
 * needed for: `help` needs a third of what `run` does, and reading the rest would take a fifth of its time.
 */
function load(use) {
  loaded ??= open(use);
  return loaded;
}

function open(use) {
  const code = `(function (exports, require, module, __filename, __dirname, importModule) {${readFileSync(FILE, 'latin1')}\n})`;
  const script = new Script(code, { filename: FILE, cachedData: compiled(use) });
  const entries = {};
  script.runInThisContext()(entries, require, { exports: entries }, FILE, __dirname, (name) => import(name));
  return { entries, script };
}

function compiled(use) {
  try {
    return readFileSync(`${FILE}.${use}`);
  } catch {
    return undefined;
  }
}

/** The use of the bundle that the words of a command line ask for. */
function useFor(words) {
  return words.length === 0 || words.includes('--help') || words.includes('-h') ? 'help' : 'run';
}

module.exports = { load, useFor };
