import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../api/input-error.js';
import { parseCondition } from '../../experiment/condition.js';
import { type FindRequest, findValue, type Trial } from '../../experiment/find-value.js';
import type { Bundle, Pool } from '../../experiment/outcome.js';
import { prepareSearch, type SearchBase } from '../../experiment/prepare-search.js';
import { rankFactors } from '../../experiment/rank-factors.js';
import { plain, withError } from '../../report/sweep/number-text.js';
import { conditionText, findAnswer, findChart, rankAnswer, rankChart } from '../../report/sweep/search-report.js';
import { axisOf } from '../../scenario/experiment.js';
import { parseRange } from '../../scenario/levels.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { checkReplaceable } from '../result-directory.js';
import { bars } from '../search/bars.js';
import { parseRankAxis } from '../search/rank-axis.js';
import { SEARCH_FILES, writeSearch } from '../search/write-search.js';

export interface SearchOptions {
  readonly file: string;
  /** The setting to find a value of. */
  readonly find?: string | undefined;
  readonly smallest: boolean;
  readonly largest: boolean;
  readonly suchThat?: string | undefined;
  readonly between?: string | undefined;
  /** In percent. */
  readonly precision: string;
  /** The figure to rank settings for. */
  readonly rank?: string | undefined;
  readonly vary: readonly string[];
  readonly trajectories?: number | undefined;
  readonly replications?: number | undefined;
  readonly seed?: number | undefined;
  readonly workers?: number | undefined;
  readonly out?: string | undefined;
  readonly charts: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

const DEFAULT_REPLICATIONS_MAX = 30;
const DEFAULT_TRAJECTORIES = 10;

type OpenPool = (bundle: Bundle) => Promise<Pool>;

/** `hubsim search FILE`: finds the value of a setting that is just good enough, or which settings matter. */
export async function search(options: SearchOptions, io: Io, openPool?: OpenPool): Promise<ExitCode> {
  const open = openPool ?? ((bundle: Bundle) => localPool(bundle, options.workers));
  if (options.rank !== undefined && options.find === undefined) return rank(options, options.rank, io, open);
  if (options.find !== undefined && options.rank === undefined) return find(options, options.find, io, open);
  throw new InputError('say what to search for', {
    remedy: "--find PATH --smallest --such-that 'convergence.seconds < 60', or --rank FIGURE --vary PATH=1..100 …",
  });
}

async function find(options: SearchOptions, path: string, io: Io, open: OpenPool): Promise<ExitCode> {
  if (options.smallest === options.largest)
    throw new InputError('say --smallest or --largest', { remedy: 'one of the two' });
  if (options.suchThat === undefined)
    throw new InputError('--find needs a condition', { remedy: "add --such-that 'convergence.seconds < 60'" });
  const condition = parseCondition(options.suchThat);
  const range = rangeOf(options.between);
  const ends = range === undefined ? undefined : { from: range.from, to: range.to };
  const tried = ends === undefined ? [] : [ends.from, ends.to];
  const unit = range?.unit ?? '';
  const axes =
    tried.length === 0 ? [] : [axisOf({ [path]: tried.map((value) => (unit === '' ? value : `${value}${unit}`)) })];
  const base = prepareSearch(options.file, io.readFile, axes);
  const directory = directoryOf(options, base);
  const current = base.current(path);
  const start = typeof current === 'number' ? current : undefined;
  if (ends === undefined && start === undefined)
    throw new InputError(`${path} is no number in the scenario`, {
      remedy: 'say where to look: --between 1..1000',
    });
  const request: FindRequest = {
    path,
    find: options.smallest ? 'smallest' : 'largest',
    condition,
    ends,
    start,
    unit,
    whole: Number.isInteger(ends?.from ?? start) && Number.isInteger(ends?.to ?? start),
    precision: percentOf('--precision', options.precision),
    seed: options.seed ?? base.seed,
    replications: options.replications ?? DEFAULT_REPLICATIONS_MAX,
  };
  const pool = await open(base.bundle);
  try {
    if (!options.quiet && !options.json)
      io.out(`${base.name}: the ${request.find} ${path} such that ${conditionText(condition)}\n`);
    const result = await findValue(request, pool, (trial) => {
      if (!options.quiet && !options.json) io.out(`${trialText(trial, condition.figure, unit)}\n`);
    });
    const words = { path, find: request.find, condition, unit };
    const answer = findAnswer(words, result);
    const content = { schema: 'hubsim/search/v1', name: base.name, ...words, ...result, answer };
    const head = [path, 'runs', condition.figure, 'holds'];
    const rows = result.trail.map((trial) => [
      `${trial.value}${unit}`,
      String(trial.values.length),
      figureText(trial),
      trial.holds ? 'yes' : 'no',
    ]);
    await writeSearch(
      directory,
      { base, content, answer, head, rows, chart: findChart(words, result) },
      options.charts,
    );
    if (options.json) io.out(`${JSON.stringify(content, undefined, 2)}\n`);
    else if (!options.quiet) {
      const sorted = [...result.trail].sort((a, b) => a.value - b.value);
      const drawn = sorted.map((trial) => ({
        label: `${trial.value}${unit}`,
        value: trial.mean,
        text: figureText(trial),
      }));
      io.out(`\n${bars(drawn, condition.threshold)}\n\n${answer}\nresult in ${directory}/\n`);
    }
    return result.value === undefined ? EXIT.expectation : EXIT.ok;
  } finally {
    await pool.close();
  }
}

async function rank(options: SearchOptions, figure: string, io: Io, open: OpenPool): Promise<ExitCode> {
  const axes = options.vary.map(parseRankAxis);
  if (axes.length < 2)
    throw new InputError('--rank needs two settings or more', { remedy: 'add --vary PATH=1..100 for each' });
  const base = prepareSearch(options.file, io.readFile, axes);
  const directory = directoryOf(options, base);
  const pool = await open(base.bundle);
  try {
    const count = options.trajectories ?? DEFAULT_TRAJECTORIES;
    const total = count * (axes.length + 1);
    let ran = 0;
    const request = { axes, figure, trajectories: count, seed: options.seed ?? base.seed };
    const result = await rankFactors(request, pool, () => {
      ran++;
      if (io.errIsTerminal && !options.quiet) io.err(`\r\x1b[K${ran} of ${total} runs`);
    });
    if (io.errIsTerminal && !options.quiet) io.err('\r\x1b[K');
    if (result.missing === result.runs)
      throw new InputError(`no run has ${figure}`, {
        remedy: result.failure ?? 'see the head of a runs.csv for the figures there are',
      });
    const answer = rankAnswer(figure, result);
    const head = ['setting', 'effect over its range (μ*)', 'mean (μ)', 'spread (σ)'];
    const rows = result.factors.map(({ axis, size, mean, spread }) => [
      axis.paths.join(' with '),
      withError(size.mean, size.halfWidth),
      plain(mean),
      plain(spread),
    ]);
    const factors = result.factors.map(({ axis, ...effect }) => ({ paths: axis.paths, ...effect }));
    const content = { schema: 'hubsim/ranking/v1', name: base.name, figure, ...result, factors, answer };
    await writeSearch(
      directory,
      { base, content, answer, head, rows, chart: rankChart(figure, result) },
      options.charts,
    );
    if (options.json) io.out(`${JSON.stringify(content, undefined, 2)}\n`);
    else if (!options.quiet) {
      const drawn = result.factors.map(({ axis, size, spread }) => ({
        label: axis.paths.join(' with '),
        value: size.mean,
        text: `${withError(size.mean, size.halfWidth)}, σ ${plain(spread)}`,
      }));
      io.out(`${base.name}: what matters to ${figure}\n${bars(drawn)}\n\n${answer}\nresult in ${directory}/\n`);
    }
    return EXIT.ok;
  } finally {
    await pool.close();
  }
}

function trialText(trial: Trial, figure: string, unit: string): string {
  const doubt = trial.sure ? '' : ' (by its mean: the interval crosses the threshold)';
  const failure = trial.failure === undefined ? '' : `; a run failed: ${trial.failure}`;
  return `  ${trial.value}${unit}: ${figure} ${figureText(trial)} in ${trial.values.length} runs: ${trial.holds ? 'holds' : 'does not hold'}${doubt}${failure}`;
}

function figureText({ mean, halfWidth, missing, values }: Trial): string {
  if (missing > 0) return `missing in ${missing} of ${values.length}`;
  return withError(mean, halfWidth);
}

function directoryOf(options: SearchOptions, { name }: SearchBase): string {
  const directory = options.out ?? join('results', `${name}-search`);
  checkReplaceable(directory, SEARCH_FILES);
  return directory;
}

function rangeOf(text: string | undefined): { from: number; to: number; unit: string } | undefined {
  if (text === undefined) return undefined;
  const range = parseRange(text);
  if (range !== undefined && range.by === undefined) return range;
  throw new InputError(`--between ${text} is no range`, {
    value: text,
    remedy: 'write --between 1..1000 or --between 1s..100s',
  });
}

function percentOf(option: string, text: string): number {
  const percent = /^([0-9]+(?:\.[0-9]+)?)\s*%?$/.exec(text.trim());
  if (percent !== null) return Number(percent[1]) / 100;
  throw new InputError(`${option} ${text} is no percentage`, { value: text, remedy: `write ${option} 1` });
}

async function localPool(bundle: Bundle, workers: number | undefined): Promise<Pool> {
  const { threadPool } = await import('../../experiment/thread-pool.js');
  return threadPool(bundle, workers ?? availableParallelism());
}
