import { InputError } from '../../api/input-error.js';
import type { ChartFile } from '../../report/charts/chart-file.js';
import { validationChart } from '../../report/charts/validation-chart.js';
import type { ScenarioConfig } from '../../scenario/config.js';
import { loadScenario } from '../../scenario/loader.js';
import { stepsWithin } from '../../scenario/steps/step.js';
import { suggest } from '../../scenario/suggest.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { checkReplaceable, writeDirectory } from '../result-directory.js';
import { caseTable } from '../validate/case-table.js';
import { type Case, findCases } from '../validate/cases.js';
import { type Comparison, compare } from '../validate/comparison.js';
import { FIGURE_KINDS, type FigureKind, parseMeasured } from '../validate/measured.js';
import { replays } from '../validate/replay.js';

export interface ValidateOptions {
  readonly directory: string;
  readonly kinds: string;
  readonly case: string;
  /** Where to write the comparison and the charts. */
  readonly out?: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** What came of one case; `skipped` says why it could not run. */
interface Outcome {
  readonly name: string;
  readonly comparisons: readonly Comparison[];
  readonly skipped: string | undefined;
}

/** An outcome, and the chart of its curves if there are any. */
interface Judged {
  readonly outcome: Outcome;
  readonly chart?: ChartFile;
}

/**
 * `hubsim validate DIR`: replays each case and compares the figures of the chosen kinds. A case with steps or kinds
 * that the simulator cannot do yet is skipped by name. One figure that misses makes the exit code 1.
 */
export async function validate(options: ValidateOptions, io: Io): Promise<ExitCode> {
  const kinds = readKinds(options.kinds);
  if (options.out !== undefined) checkReplaceable(options.out);
  const outcomes: Outcome[] = [];
  const charts: ChartFile[] = [];
  for (const one of findCases(options.directory, options.case)) {
    const { outcome, chart } = judge(one, kinds, io);
    outcomes.push(outcome);
    if (chart !== undefined) charts.push(chart);
    if (!options.json) show(outcome, options.quiet, io);
  }
  if (options.out !== undefined) await write(options.out, outcomes, charts);
  const all = outcomes.flatMap(({ comparisons }) => comparisons);
  const missed = all.filter(({ pass }) => !pass).length;
  const skipped = outcomes.filter((outcome) => outcome.skipped !== undefined).length;
  if (options.json) io.out(`${JSON.stringify(outcomes, undefined, 2)}\n`);
  else
    io.out(
      `${outcomes.length - skipped} cases: ${all.length - missed} figures pass, ${missed} miss; ${skipped} skipped\n`,
    );
  return missed === 0 ? EXIT.ok : EXIT.expectation;
}

function readKinds(text: string): ReadonlySet<FigureKind> {
  if (text === 'all') return new Set(FIGURE_KINDS);
  const kinds = text.split(',').map((word): FigureKind => {
    const kind = FIGURE_KINDS.find((one) => one === word.trim());
    if (kind !== undefined) return kind;
    throw new InputError(`--kinds ${word} is unknown`, { remedy: suggest(word, FIGURE_KINDS) });
  });
  return new Set(kinds);
}

async function write(directory: string, outcomes: readonly Outcome[], charts: readonly ChartFile[]): Promise<void> {
  const { draw } = await import('../../report/charts/chart-files.js');
  const comparison = `${JSON.stringify(outcomes, undefined, 2)}\n`;
  writeDirectory(directory, [{ path: 'comparison.json', content: [comparison] }, ...(await draw(charts))]);
}

function judge(one: Case, kinds: ReadonlySet<FigureKind>, io: Io): Judged {
  const measured = parseMeasured(io.readFile(one.measuredFile), one.measuredFile);
  try {
    const scenario = loadScenario(one.scenarioFile, { readFile: io.readFile });
    const missed = missedKinds(scenario);
    if (missed.length > 0) return skip(one, `nothing acts on ${missed.join(', ')} yet`);
    const results = replays(scenario, measured);
    const summaries = results.map(({ summary }) => summary);
    const outcome = { name: one.name, comparisons: compare(measured, summaries, kinds), skipped: undefined };
    if (Object.keys(measured.curves).length === 0) return { outcome };
    return { outcome, chart: validationChart(one.name, measured.curves, results[0]) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return skip(one, error.format());
  }
}

function skip({ name }: Case, skipped: string): Judged {
  return { outcome: { name, comparisons: [], skipped } };
}

/** Kinds of objects in the case that a real cluster acts on and the simulator does not. */
function missedKinds(scenario: ScenarioConfig): string[] {
  const objects = stepsWithin([...scenario.before, ...scenario.timeline]).flatMap(({ action }) => action.objects ?? []);
  const missed = objects.filter((object) => scenario.kinds.isMissed(object.kind)).map((object) => object.kind.name);
  return [...new Set(missed)];
}

function show({ name, comparisons, skipped }: Outcome, quiet: boolean, io: Io): void {
  const shown = quiet ? comparisons.filter(({ pass }) => !pass) : comparisons;
  if (skipped !== undefined) io.out(`${name}: skipped: ${skipped}\n`);
  else if (shown.length > 0) io.out(`${caseTable(name, shown, io.outIsTerminal)}\n`);
}
