/**
 * `npm run fuzz -- [COUNT [FIRST]]`: mutants of scenarios and manifests, and for every ten of them one of a file to import; none may
 * bring hubsim down, or make it hang.
 */
import { examine, type Verdict } from './fuzz.js';
import { examineImport } from './import-fuzz.js';

const [count = 10_000, first = 1] = process.argv.slice(2).map(Number);
/** Of processor time: others may be at work on the machine. */
const SLOW_MS = 20_000;
const outcomes = { refused: 0, run: 0, read: 0 };
let problems = 0;
const cpuMs = (): number => process.cpuUsage().user / 1000;

function note({ number, file, text, ms, problem: found }: Verdict): void {
  const problem = ms > SLOW_MS ? `took ${Math.round(ms)} ms` : found;
  if (problem === undefined) return;
  problems++;
  console.log(`mutant ${number} of ${file}: ${problem}\n${text}\n`);
}

for (let number = first; number < first + count; number++) {
  const verdict = examine(number, cpuMs);
  outcomes[verdict.outcome]++;
  note(verdict);
  if (number % 10 === 0) note(examineImport(number, cpuMs));
}
const { refused, run, read } = outcomes;
console.log(
  `${count} mutants: ${refused} refused, ${run} run, ${read} read but too large to run; ${problems} problems`,
);
process.exitCode = problems === 0 ? 0 : 1;
