import { join } from 'node:path';
import { runProgram } from '../../src/cli/program.js';
import { digits, errorText } from '../../src/cli/validate/case-table.js';
import type { Comparison } from '../../src/cli/validate/comparison.js';
import { spread } from '../../src/cli/validate/tolerance.js';
import { seedResults } from '../property/seeds/seed-results.js';
import { FakeIo } from '../unit/cli/fake-io.js';
import { KNOWN_MISSES } from '../validation/known-misses.js';

export const CASES: string = join(import.meta.dirname, '../validation/cases');

/** What `hubsim validate --json` says of one case. */
export interface ReplayedCase {
  readonly name: string;
  readonly comparisons: readonly Comparison[];
  readonly skipped?: string;
}

/** Replays the measured cases of the project through the command itself. */
export async function replay(): Promise<readonly ReplayedCase[]> {
  const io = new FakeIo();
  await runProgram(['validate', CASES, '--kinds', 'all', '--json'], io);
  return JSON.parse(io.outText) as ReplayedCase[];
}

/** docs/validation.md: every compared figure of every measured case. */
export function validationPage(cases: readonly ReplayedCase[]): string {
  const all = cases.flatMap(({ comparisons }) => comparisons);
  const counts = ['rate', 'cpu', 'latency', 'count', 'phase'].flatMap((kind) => {
    const of = all.filter(({ figure }) => figure.kind === kind);
    const passed = of.filter(({ pass }) => pass).length;
    return of.length === 0 ? [] : [`| ${kind} | ${TOLERANCE[kind]} | ${passed} of ${of.length} |`];
  });
  return `${[HEAD, ['| kind | passes within | figures that pass |', '|---|---|---|', ...counts].join('\n'), REQUIRED, ...cases.map(section), seedsSection()].join('\n\n')}\n`;
}

/** What `npm run seeds` has kept. */
function seedsSection(): string {
  const rows = seedResults().map(
    ({ scenario, seeds, fine, ends }) => `| ${scenario} | ${ends} | ${fine} of ${seeds} |`,
  );
  return [SEEDS, ['| scenario | ends | seeds that are fine |', '|---|---|--:|', ...rows].join('\n')].join('\n\n');
}

function section({ name, comparisons, skipped }: ReplayedCase): string {
  if (skipped !== undefined) return `## ${name}\n\nSkipped: ${skipped}`;
  const rows = comparisons.map(({ figure, simulated, pass }) => {
    const error = simulated === undefined ? '–' : errorText(simulated, figure.median);
    const shown = simulated === undefined ? '–' : digits(simulated);
    const verdict = pass ? 'pass' : 'MISS';
    const { path, kind, median, values } = figure;
    return `| ${path} | ${kind} | ${digits(median)} | ${digits(spread(values))} | ${shown} | ${error} | ${verdict} |`;
  });
  const head = ['| figure | kind | measured | spread | simulated | error | |', '|---|---|--:|--:|--:|--:|---|'];
  return `## ${name}\n\n${[...head, ...rows].join('\n')}`;
}

const SEEDS = `## Whatever the seed

\`npm run seeds\` runs the scenarios of the project with many seeds, each message late by a little of its own (2 ms on average). A seed is
fine when the run ends as it should and nothing that watches the store has found what must never be: two controllers that undo each other's
writes, a pod that is counted twice, more pods than anybody asked for, an eviction beyond its budget, a workload that is not as desired at the end.`;

const TOLERANCE: Readonly<Record<string, string>> = {
  rate: '3 %, the spread of the repetitions, or 0.15 s',
  cpu: '15 %, or the spread',
  latency: '30 %, the spread, or 5 ms',
  count: '3 %, the spread, or 5',
  phase: 'its range',
};

const HEAD = `# Measured and simulated

Written by \`npm run docs\`; the same figures come from \`hubsim validate test/validation/cases --kinds all\`.

The cases were measured in November 2026 on a real control plane: etcd 3.6.8, kube-apiserver, kube-controller-manager and
kube-scheduler 1.36.2 on one virtual machine with 2 cores, with kubelets that behave as \`kubelet: { model: hollow }\`. Each
scenario is replayed with the profile \`vm-2-core\`; where other programs used that machine meanwhile (\`background.load\` of the case),
as much of its cores is taken here, too. Times are in seconds since the user's action, pN when N % of the pods were there;
\`cpu\` is busy processor seconds; counts are requests by verb, resource and answer. Both are medians: a case is replayed as often as it was measured, with other seeds.`;

const REQUIRED = `What limiters, timers and backoff pace is of kind \`rate\`; a test demands that all of it passes but this:

| cases | figures | why they miss |
|---|---|---|
${KNOWN_MISSES.map(({ cases, figures, cause }) => `| ${cases} | ${figures.join(', ')} | ${cause} |`).join('\n')}

The other kinds hang on the speed of that machine and are shown as they are, misses included.`;
