import { describe, expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';
import { parseDistribution } from '../../../src/random/parse-distribution.js';
import { Streams } from '../../../src/random/streams.js';
import { Condition } from '../../../src/scenario/condition.js';
import { parsePositiveDuration } from '../../../src/scenario/schema-values.js';
import { Group } from '../../../src/scenario/steps/group.js';
import { AT_CONDITION, AT_CONVERGED, type Step } from '../../../src/scenario/steps/step.js';
import { Timeline } from '../../../src/scenario/timeline.js';

const S = 1e9;

function step(name: string, atS: number, more: Partial<Step> = {}): Step {
  const place = { file: 'x.yaml', line: 1, column: 1, path: name };
  const action = { text: name, isOrder: true, perform: () => {} };
  return { action, atNs: atS < 0 ? atS : atS * S, place, ...more };
}

function group(atS: number, steps: readonly Step[], more: Partial<Step> = {}): Step {
  return step('group', atS, { action: new Group(steps), ...more });
}

function every(text: string, times = -1, untilS = -1): { repeat: Step['repeat'] } {
  return { repeat: { every: parseDistribution(text, parsePositiveDuration), times, untilNs: untilS * S } };
}

/** `name at second` of all that happens until second 100; work takes `workS`, and figures come from `figures`. */
function log(steps: readonly Step[], workS = 0, figures: (second: number) => object = () => ({})): string[] {
  const engine = new Engine({ seed: 1 });
  const happened: string[] = [];
  const work = engine.register('work', () => {});
  const tick = engine.register('tick', () => void engine.schedule(S, tick));
  const timeline = new Timeline(engine, new Streams(1), steps, ({ place }) => {
    happened.push(`${place.path} ${engine.nowNs / S}`);
    if (workS > 0) engine.schedule(workS * S, work);
  });
  engine.onQuiet(() => void timeline.quiet());
  engine.scheduleAs(true, 0, tick);
  timeline.start(steps);
  timeline.quiet();
  for (let second = 0; second <= 100; second++) {
    engine.run(second * S);
    timeline.look(figures(second) as Record<string, unknown>);
  }
  return happened;
}

describe('the timeline', () => {
  test('does steps at their times, and those that wait when all before them is quiet', () => {
    const steps = [step('a', 0), step('b', 5), step('c', AT_CONVERGED), step('d', AT_CONVERGED), step('e', 20)];
    expect(log(steps, 3)).toEqual(['a 0', 'b 5', 'c 8', 'd 11', 'e 20']);
  });

  test('starts a step when its condition has come true, and no earlier one that waits is passed over', () => {
    const when = new Condition('x >= 7');
    const steps = [step('a', 0), step('b', AT_CONDITION, { when }), step('c', AT_CONVERGED), step('d', 1)];
    expect(log(steps, 2, (x) => ({ x }))).toEqual(['a 0', 'b 7', 'c 9', 'd 9']);
  });

  test('repeats a step so many times, until a time, or for ever', () => {
    expect(log([step('a', 1, every('2s', 3))])).toEqual(['a 1', 'a 3', 'a 5']);
    expect(log([step('a', 1, every('2s', -1, 6))])).toEqual(['a 1', 'a 3', 'a 5']);
    expect(log([step('a', 0, every('10s'))])).toHaveLength(11);
  });

  test('waits for a repetition that ends, and not for one without end', () => {
    expect(log([step('a', 0, every('2s', 2)), step('b', AT_CONVERGED)])).toEqual(['a 0', 'a 2', 'b 2']);
    expect(log([step('a', 0, every('60s')), step('b', AT_CONVERGED)], 1)).toEqual(['a 0', 'b 1', 'a 60']);
  });

  test('gives groups clocks of their own, again and again', () => {
    const waves = group(10, [step('a', 0), step('b', 3)], every('5s', 2));
    expect(log([waves])).toEqual(['a 10', 'b 13', 'a 15', 'b 18']);
    const nested = group(AT_CONVERGED, [group(1, [step('a', 1), step('b', AT_CONVERGED)]), step('c', AT_CONVERGED)]);
    expect(log([step('z', 0), nested], 1)).toEqual(['z 0', 'a 3', 'b 4', 'c 5']);
  });

  test('draws the times of each step from a stream of its own', () => {
    const chaos = step('a', 0, every('exponential(mean=9s)', 4));
    const alone = log([chaos]);
    const times = alone.map((text) => Number(text.split(' ')[1]));
    expect(new Set(times).size).toBe(4);
    expect(log([chaos, step('b', 0, every('exponential(mean=9s)', 4))]).filter((text) => text.startsWith('a'))).toEqual(
      alone,
    );
  });
});
