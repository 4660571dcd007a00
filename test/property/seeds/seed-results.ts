import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What became of one scenario under many seeds. */
export interface SeedResult {
  readonly scenario: string;
  readonly seeds: number;
  /** Seeds with which it ended as it should, and no invariant was broken. */
  readonly fine: number;
  /** How it should end. */
  readonly ends: string;
}

const FILE = join(import.meta.dirname, '../../../results/seeds.ndjson');

/** What is kept, by name of the scenario; the last result of each. */
export function seedResults(): readonly SeedResult[] {
  if (!existsSync(FILE)) return [];
  const lines = readFileSync(FILE, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as SeedResult);
}

/** Keeps a result in place of the one before. */
export function keepSeeds(result: SeedResult): void {
  const others = seedResults().filter(({ scenario }) => scenario !== result.scenario);
  const all = [...others, result].sort((a, b) => (a.scenario < b.scenario ? -1 : 1));
  writeFileSync(FILE, all.map((each) => `${JSON.stringify(each)}\n`).join(''));
}
