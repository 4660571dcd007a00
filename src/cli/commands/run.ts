import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../../api/input-error.js';
import { nodeCount } from '../../cluster/cluster-nodes.js';
import { Audit, Trace } from '../../engine/index.js';
import { AuditLog } from '../../measure/audit-log.js';
import { EventLog } from '../../measure/event-log.js';
import type { RunResult } from '../../measure/run-result.js';
import { ScheduleLog } from '../../measure/schedule-log.js';
import { type ResultFile, resultFiles } from '../../report/result-files.js';
import { storedSummary, summaryJson } from '../../report/summary-json.js';
import type { ScenarioConfig } from '../../scenario/config.js';
import { type LoadOptions, loadScenario } from '../../scenario/loader.js';
import { besidePublished } from '../../scenario/published.js';
import type { Setting } from '../../scenario/setting.js';
import { simulate } from '../../scenario/simulate.js';
import type { ChartChoice } from '../chart-choice.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { FurtherFile } from '../further-file.js';
import { furtherFiles } from '../further-files.js';
import { givenFiles } from '../given-files.js';
import { HeapGrowth } from '../heap-growth.js';
import type { Io } from '../io.js';
import { type JunitSuite, junitXml } from '../junit.js';
import { Progress } from '../progress.js';
import { checkReplaceable, writeDirectory } from '../result-directory.js';
import { type RunFile, type RunInfo, runInfo } from '../run-info.js';
import { runOrigin } from '../run-origin.js';

/** Of longer runs no causes are recorded by the way: they would take more than 64 MB. */
const RECORDS_MAX = 4_000_000;

/** Clusters of so many nodes run hundreds of thousands of pods, in a heap of a gigabyte and more. */
const LARGE_NODES = 10_000;

export interface RunOptions {
  /** Names and patterns. */
  readonly files: readonly string[];
  readonly out?: string | undefined;
  readonly seed?: number | undefined;
  /** What stands above the files. */
  readonly settings: readonly Setting[];
  /** Where to write the expectations as JUnit XML. */
  readonly junit?: string | undefined;
  readonly charts: ChartChoice;
  readonly report: boolean;
  readonly explain: boolean;
  readonly causes: boolean;
  /** Files for other tools, beside those that every result has. */
  readonly also: readonly FurtherFile[];
  /** Check flow balance and Little's law in every queue. */
  readonly verify: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `hubsim run FILE…`. All files are read, and all places of results checked, before the first run begins. */
export async function run(options: RunOptions, io: Io): Promise<ExitCode> {
  const files = await givenFiles(options.files);
  const load: LoadOptions = {
    readFile: io.readFile,
    settings: options.settings,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  };
  const scenarios = files.map((file) => loadScenario(file, load));
  const directories = directoriesOf(scenarios, options.out);
  for (const directory of directories) checkReplaceable(directory);
  if (io.inRoomierProcess !== undefined && scenarios.some(({ cluster }) => nodeCount(cluster.nodes) >= LARGE_NODES))
    return io.inRoomierProcess();
  let code: ExitCode = EXIT.ok;
  const suites: JunitSuite[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    if (!options.quiet) for (const warning of scenario.warnings) io.err(`${warning}\n`);
    const { result, info, audit } = await runOne(scenario, files[index]!, directories[index]!, options, io);
    suites.push({ file: files[index]!, summary: result.summary, wallSeconds: info.wallSeconds });
    code = Math.max(
      code,
      codeOf(result),
      audit === undefined ? EXIT.ok : verify(audit, scenario, options, io),
    ) as ExitCode;
  }
  if (options.junit !== undefined) writeJunit(options.junit, suites);
  return code;
}

/** Says what does not add up, or that all does. */
function verify(audit: Audit, scenario: ScenarioConfig, options: RunOptions, io: Io): ExitCode {
  const findings = audit.verify();
  for (const { queue, message } of findings) io.err(`hubsim: ${scenario.name}: ${queue}: ${message}\n`);
  if (findings.length > 0) return EXIT.limit;
  const passages = audit.queues.reduce((sum, { arrivals }) => sum + arrivals, 0);
  if (!options.quiet)
    io.err(`${scenario.name}: verified: ${audit.queues.length} queues, ${passages.toLocaleString('en-US')} arrivals\n`);
  return EXIT.ok;
}

function writeJunit(file: string, suites: readonly JunitSuite[]): void {
  try {
    writeFileSync(file, junitXml(suites));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new InputError(`cannot write ${file}: ${reason}`, { remedy: 'give another file with --junit' });
  }
}

function directoriesOf(scenarios: readonly ScenarioConfig[], out: string | undefined): string[] {
  const root = out ?? 'results';
  if (scenarios.length === 1 && out !== undefined) return [out];
  const names = scenarios.map((scenario) => scenario.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(`two scenarios are named ${twice}`, { remedy: 'their results would have the same directory' });
  return names.map((name) => join(root, name));
}

async function runOne(
  scenario: ScenarioConfig,
  given: string,
  directory: string,
  options: RunOptions,
  io: Io,
): Promise<TimedResult> {
  const { result, info, audit } = simulateTimed(scenario, options, io);
  const files: ResultFile[] = [...resultFiles(result)];
  if (options.also.length > 0) files.push(...(await furtherFiles(result, options.also, io)));
  if (options.charts !== 'none') {
    const { chartFiles } = await import('../../report/charts/chart-files.js');
    files.push(...(await chartFiles(result, options.charts === 'all')));
  }
  const origin = runOrigin(scenario, given, options.settings, io);
  files.push({ path: 'scenario.json', content: [`${JSON.stringify(origin, undefined, 1)}\n`] });
  if (options.report) {
    const { reportHtml } = await import('../../report/html/report-html.js');
    files.push({
      path: 'report.html',
      content: [reportHtml({ ...result, summary: storedSummary(result.summary) }, origin)],
    });
  }
  const runFile: RunFile = {
    ...info,
    scenario: { file: resolve(given), seed: scenario.seed, settings: options.settings },
  };
  files.push({ path: 'run.json', content: [`${JSON.stringify(runFile, undefined, 2)}\n`] });
  writeDirectory(directory, files);
  if (options.json) io.out(summaryJson(result.summary));
  else if (!options.quiet) {
    const { runTable } = await import('../run-table.js');
    const published = besidePublished(scenario.published, result.summary);
    const written = { charts: options.charts !== 'none', report: options.report };
    io.out(runTable(result, info, directory, written, io.outIsTerminal, published));
  }
  return { result, info, audit };
}

interface TimedResult {
  readonly result: RunResult;
  readonly info: RunInfo;
  /** The books of its queues, where they were kept. */
  readonly audit: Audit | undefined;
}

function simulateTimed(scenario: ScenarioConfig, options: RunOptions, io: Io): TimedResult {
  const progress = new Progress(io);
  const growth = new HeapGrowth();
  const startMs = io.nowMs();
  const cpu = process.cpuUsage();
  const audit = options.verify ? new Audit() : undefined;
  const result = simulate(scenario, {
    progress: (nowNs: number, events: number) => {
      growth.look();
      if (!options.quiet) progress.show(nowNs, events);
    },
    ...(options.causes ? { trace: new Trace(RECORDS_MAX) } : {}),
    ...(audit === undefined ? {} : { audit }),
    ...(options.explain ? { scheduling: new ScheduleLog() } : {}),
    ...(options.also.includes('audit') ? { auditLog: new AuditLog() } : {}),
    ...(options.also.includes('events') ? { eventLog: new EventLog() } : {}),
  });
  progress.clear();
  const { end } = result.summary;
  return { result, info: runInfo(io.nowMs() - startMs, cpu, end.events, end.virtualSeconds), audit };
}

function codeOf({ summary }: RunResult): ExitCode {
  if (summary.end.reason === 'limit') return EXIT.limit;
  return summary.expectations.every(({ pass }) => pass) ? EXIT.ok : EXIT.expectation;
}
