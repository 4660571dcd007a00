import { InputError } from '../../api/input-error.js';
import type { ScenarioConfig } from '../../scenario/config.js';
import { stepsWithin } from '../../scenario/config.js';
import { loadScenario } from '../../scenario/loader.js';
import { suggest } from '../../scenario/suggest.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { caseTable } from '../validate/case-table.js';
import { type Case, findCases } from '../validate/cases.js';
import { type Comparison, compare } from '../validate/comparison.js';
import { FIGURE_KINDS, type FigureKind, parseMeasured } from '../validate/measured.js';
import { replay } from '../validate/replay.js';

export interface ValidateOptions {
  readonly directory: string;
  readonly kinds: string;
  readonly case: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** What came of one case; `skipped` says why it could not run. */
interface Outcome {
  readonly name: string;
  readonly comparisons: readonly Comparison[];
  readonly skipped: string | undefined;
}

/**
 * `hubsim validate DIR`: replays each case and compares the figures of the chosen kinds. A case with steps or kinds
 * that the simulator cannot do yet is skipped by name. One figure that misses makes the exit code 1.
 */
export async function validate(options: ValidateOptions, io: Io): Promise<ExitCode> {
  const kinds = readKinds(options.kinds);
  const outcomes: Outcome[] = [];
  for (const one of findCases(options.directory, options.case)) {
    const outcome = judge(one, kinds, io);
    outcomes.push(outcome);
    if (!options.json) show(outcome, options.quiet, io);
  }
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

function judge(one: Case, kinds: ReadonlySet<FigureKind>, io: Io): Outcome {
  const measured = parseMeasured(io.readFile(one.measuredFile), one.measuredFile);
  try {
    const scenario = loadScenario(one.scenarioFile, { readFile: io.readFile });
    const missed = missedKinds(scenario);
    if (missed.length > 0)
      return { name: one.name, comparisons: [], skipped: `nothing acts on ${missed.join(', ')} yet` };
    const { summary } = replay(scenario, measured);
    return { name: one.name, comparisons: compare(measured, summary, kinds), skipped: undefined };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { name: one.name, comparisons: [], skipped: error.format() };
  }
}

/** Kinds of objects in the case that a real cluster acts on and the simulator does not. */
function missedKinds(scenario: ScenarioConfig): string[] {
  const objects = stepsWithin([...scenario.before, ...scenario.timeline]).flatMap((step) =>
    step.action === 'apply' ? step.objects : [],
  );
  const missed = objects.filter((object) => scenario.kinds.isMissed(object.kind)).map((object) => object.kind.name);
  return [...new Set(missed)];
}

function show({ name, comparisons, skipped }: Outcome, quiet: boolean, io: Io): void {
  const shown = quiet ? comparisons.filter(({ pass }) => !pass) : comparisons;
  if (skipped !== undefined) io.out(`${name}: skipped: ${skipped}\n`);
  else if (shown.length > 0) io.out(`${caseTable(name, shown, io.outIsTerminal)}\n`);
}
