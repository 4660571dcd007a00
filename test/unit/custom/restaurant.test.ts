import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../../src/measure/summary.js';
import type { ScenarioConfig } from '../../../src/scenario/config.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { Delete } from '../../../src/scenario/steps/delete.js';

const MINUTE_NS = 60e9;

function restaurant(file: string): ScenarioConfig {
  return loadScenario(join(import.meta.dirname, '../../../scenarios/restaurant', file), {
    readFile: (path) => readFileSync(path, 'utf8'),
  });
}

/** The same dinner, but another plate drops, or at another minute. */
function dropping(scenario: ScenarioConfig, plate: number, minute: number, seed = scenario.seed): Summary {
  const timeline = scenario.timeline.map((step) =>
    step.action instanceof Delete
      ? {
          ...step,
          action: new Delete({ ...step.action.target, name: `table-7-${plate}` }, step.action.options),
          atNs: minute * MINUTE_NS,
        }
      : step,
  );
  return simulate({ ...scenario, seed, timeline }).summary;
}

function garnished({ objects = [] }: Summary): number {
  return objects.filter(({ kind, status }) => kind === 'Plate' && (status as { garnished?: boolean })?.garnished)
    .length;
}

/** What the waiter saw drop: nothing if the plate was not there yet. */
function dropped({ end }: Summary): boolean {
  return !end.findings.some((finding) => finding.startsWith('delete plates'));
}

const MINUTES = Array.from({ length: 26 }, (_, index) => 1 + index);

describe('a restaurant', () => {
  const cooks = restaurant('dinner.yaml');
  const recipe = restaurant('by-recipe.yaml');

  test('with cooks who look brings both plates garnished, whichever plate drops and whenever', () => {
    let drops = 0;
    for (const plate of [0, 1])
      for (const minute of MINUTES) {
        const summary = dropping(cooks, plate, minute);
        expect([plate, minute, summary.end.reason, garnished(summary)]).toEqual([plate, minute, 'converged', 2]);
        if (dropped(summary)) drops++;
      }
    expect(drops).toBeGreaterThan(20);
  });

  test('with cooks who look brings both plates garnished for every seed', () => {
    for (let seed = 0; seed < 20; seed++) {
      const summary = dropping(cooks, seed % 2, 17 + (seed % 7), seed);
      expect([seed, summary.end.reason, garnished(summary), dropped(summary)]).toEqual([seed, 'converged', 2, true]);
    }
  });

  test('with a recipe alone brings one plate too few, whichever plate drops and whenever', () => {
    let drops = 0;
    for (const plate of [0, 1])
      for (const minute of MINUTES) {
        const summary = dropping(recipe, plate, minute);
        expect([plate, minute, garnished(summary)]).toEqual([plate, minute, dropped(summary) ? 1 : 2]);
        if (dropped(summary)) drops++;
      }
    expect(drops).toBeGreaterThan(20);
  });
});
