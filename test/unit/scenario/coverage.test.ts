import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { markOfKind, STEP_KINDS } from '../../../src/scenario/steps/step-kinds.js';
import { SCENARIOS, scenarioFile } from '../../golden/golden-record.js';

/** Every scenario whose outcome is kept. */
const TEXTS = SCENARIOS.map((name) => readFileSync(scenarioFile(name), 'utf8'));

function isShown(pattern: RegExp): boolean {
  return TEXTS.some((text) => pattern.test(text));
}

function shown(words: readonly string[], pattern: (word: string) => RegExp): string[] {
  return words.filter((word) => !isShown(pattern(word)));
}

describe('what a scenario can say is said by one whose outcome is kept', () => {
  test('every kind of step', () => {
    const keys = STEP_KINDS.map(markOfKind).map(([key, fault]) =>
      fault === undefined ? `${key}: ` : `${key}: ${fault}\\b`,
    );
    expect(shown([...keys, 'steps:', 'scenario: '], (key) => new RegExp(`[-{,] *${key}|^ +${key}`, 'm'))).toEqual([]);
  });

  test('every shape of a load', () => {
    expect(shown(['closed', 'open'], (load) => new RegExp(`load: ${load}`))).toEqual([]);
    expect(shown(['poisson', 'ramp', 'stepped', 'spread'], (rate) => new RegExp(`rate: "?${rate}\\(`))).toEqual([]);
    const verbs = ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete'];
    expect(shown(verbs, (verb) => new RegExp(`verb: ${verb}`))).toEqual([]);
    expect(shown(['rate: \\d', 'lifetime', 'namespaces', 'perNamespace', 'objects', 'bytes'], RegExp)).toEqual([]);
  });

  test('every way to say when, how often and to whom', () => {
    const moments = ['at: 0s', 'at: \\d+m', 'at: converged', 'when: ', 'every: ', 'times: ', 'until: '];
    expect(shown(moments, RegExp)).toEqual([]);
    expect(shown(['any: ', '/any\\b', 'zone: ', 'labels: \\{', 'nodes: \\[node-'], RegExp)).toEqual([]);
    expect(shown(['vars:', 'each:', 'include:', 'spokes:', '\\{\\{'], RegExp)).toEqual([]);
    expect(shown(['always\\(', 'eventually\\(', 'within\\('], RegExp)).toEqual([]);
  });

  test('every switch between two ways to run a cluster', () => {
    const switches = ['mode: poll', 'mode: (\\[ )?watch', 'mode: mesh', 'mode: hub', 'control: (im|de)'];
    expect(shown(switches, RegExp)).toEqual([]);
  });
});
