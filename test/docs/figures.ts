import { readFileSync } from 'node:fs';
import { evaluate } from '@marcbachmann/cel-js';
import type { Summary } from '../../src/measure/summary.js';
import { loadScenario } from '../../src/scenario/loader.js';
import { parseSetting } from '../../src/scenario/setting.js';
import { simulate } from '../../src/scenario/simulate.js';
import { type GoldenRecord, goldenFile, scenarioFile } from '../golden/golden-record.js';

/**
 * A figure of a run in a sentence: `<!--figure SCENARIO KEY=VALUE…: CEL-->1.07<!--/-->` over its summary, or
 * `<!--figure golden SCENARIO: CEL-->1.07<!--/-->` over its golden record, which needs no run.
 */
const FIGURE = /(<!--figure ([^:]+): (.*?)-->).*?<!--\/-->/gs;

/** Pages with such figures. */
export const WITH_FIGURES: readonly string[] = ['docs/cookbook.md'];

const runs = new Map<string, Summary | GoldenRecord>();

/** A page with its figures as the runs that they are of come to here and now. */
export function withFigures(page: string): string {
  return page.replaceAll(FIGURE, (_, mark: string, run: string, expression: string) => {
    const value = Number(evaluate(expression, { ...figuresOf(run) }));
    if (!Number.isFinite(value)) throw new Error(`${mark} comes to no number`);
    return `${mark}${figure(value)}<!--/-->`;
  });
}

function figuresOf(run: string): Summary | GoldenRecord {
  const known = runs.get(run);
  if (known !== undefined) return known;
  const [first = '', ...rest] = run.trim().split(/\s+/);
  const figures = first === 'golden' ? JSON.parse(readFileSync(goldenFile(rest[0]!), 'utf8')) : summaryOf(first, rest);
  runs.set(run, figures);
  return figures;
}

function summaryOf(name: string, settings: readonly string[]): Summary {
  const readFile = (path: string): string => readFileSync(path, 'utf8');
  const scenario = loadScenario(scenarioFile(name), { readFile, settings: settings.map(parseSetting) });
  return simulate(scenario, { figuresOnly: true }).summary;
}

/** As a sentence has it: whole from 100 on, otherwise with three digits at most. */
function figure(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US');
}
