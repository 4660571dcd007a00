import { Trace } from '../../src/engine/index.js';
import { FURTHER, gainProblems, gainWithoutTop, gaps, LARGE, sumProblems } from '../golden/critical-paths.js';
import { runScenario, SCENARIOS } from '../golden/golden-record.js';

// npm run paths: the critical path of every scenario of the project, the large ones too (some minutes).
let failed = 0;
for (const name of [...SCENARIOS, ...FURTHER, ...LARGE]) {
  const run = runScenario(name, { trace: new Trace() });
  const gain = gainWithoutTop(name, run);
  const problems = [...sumProblems(run), ...gaps(run), ...gainProblems(name, gain)];
  const [top] = run.criticalPath?.causes ?? [];
  const wait = top === undefined ? 'nothing' : `${top.name}, ${top.seconds} s`;
  console.log(
    `${name}: ${wait}${gain === undefined ? '' : `; without it ${(100 * gain).toFixed(0)} % of that are gained`}`,
  );
  for (const problem of problems) console.log(`  WRONG: ${problem}`);
  failed += problems.length;
}
process.exitCode = failed === 0 ? 0 : 1;
