/** `npm run fuzz -- [COUNT [FIRST]]`: mutants of scenarios and manifests; none may bring hubsim down, or make it hang. */
import { examine, mutant } from './fuzz.js';

const [count = 10_000, first = 1] = process.argv.slice(2).map(Number);
/** Of processor time: others may be at work on the machine. */
const SLOW_MS = 20_000;
const outcomes = { refused: 0, run: 0, read: 0 };
let problems = 0;
for (let number = first; number < first + count; number++) {
  const verdict = examine(number, () => process.cpuUsage().user / 1000);
  outcomes[verdict.outcome]++;
  const problem = verdict.ms > SLOW_MS ? `took ${Math.round(verdict.ms)} ms` : verdict.problem;
  if (problem === undefined) continue;
  problems++;
  console.log(`mutant ${number} of ${verdict.file}: ${problem}\n${mutant(number).text}\n`);
}
const { refused, run, read } = outcomes;
console.log(
  `${count} mutants: ${refused} refused, ${run} run, ${read} read but too large to run; ${problems} problems`,
);
process.exitCode = problems === 0 ? 0 : 1;
