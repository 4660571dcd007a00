/** Runs the commands of docs/experiments.md and writes what they print, and the charts it shows: `npm run experiments`. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TOP = join(import.meta.dirname, '../../..');
const PAGE = join(TOP, 'docs/experiments.md');

/** A command and its output, up to the next command or the end of the block. */
const COMMAND = /^\$ npx hubsim (.+)\n([\s\S]*?)(?=^\$ |^```$)/gm;
/** `![…](images/NAME-CHART.png)` of `results/NAME-sweep` or `-search`. */
const IMAGE = /\(images\/experiment-([a-z-]+?)--([A-Za-z-]+)\.png\)/g;

/** What a command prints here and now, as in a new clone. */
function printed(words: string): string {
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `node dist/cli/main.js ${words}`], {
    cwd: TOP,
    encoding: 'utf8',
  });
  if (status === null || status > 1) throw new Error(`hubsim ${words} ended with ${status}: ${stderr}`);
  return stdout;
}

// Directories are results of earlier runs; the files beside them are kept measurements.
mkdirSync(join(TOP, 'results'), { recursive: true });
for (const entry of readdirSync(join(TOP, 'results'), { withFileTypes: true }))
  if (entry.isDirectory()) rmSync(join(entry.parentPath, entry.name), { recursive: true });
const page = readFileSync(PAGE, 'utf8').replaceAll(COMMAND, (_, words: string) => {
  console.log(words);
  return `$ npx hubsim ${words}\n${printed(words)}`;
});
writeFileSync(PAGE, page);
for (const [, name, chart] of page.matchAll(IMAGE)) {
  copyFileSync(
    join(TOP, `results/${name}-sweep/charts/${chart}.png`),
    join(TOP, `docs/images/experiment-${name}--${chart}.png`),
  );
}
