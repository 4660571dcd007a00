/** Replays decisions of the real Kubernetes code: `npm run conformance -- DIR [--verbose]`; exit 1 if any differs. */
import { describeFailures, describeResult, type FileResult, runDirectory } from './runner.js';
import { SUITES } from './suites/index.js';

const verbose = process.argv.includes('--verbose');
const directory = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
if (directory === undefined) {
  console.error('usage: npm run conformance -- DIR [--verbose]');
  process.exit(2);
}

const results = runDirectory(directory, SUITES);
for (const result of results) {
  console.log(describeResult(result));
  if (verbose) for (const line of describeFailures(result.failures)) console.log(line);
}
const total = (count: (result: FileResult) => number): number =>
  results.reduce((sum, result) => sum + count(result), 0);
const failed = total((result) => result.failures.length);
console.log(
  `total: ${total((result) => result.passed)} passed, ${failed} failed, ${total((result) => result.skipped)} skipped`,
);
process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
