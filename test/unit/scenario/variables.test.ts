import { describe, expect, test } from 'vitest';
import { load, mistake, WEB } from './scenario-files.js';

const NODES = 'cluster: { nodes: [ { count: 3 } ] }\n';

describe('variables', () => {
  test('keep their type where they stand alone, quoted or not', () => {
    const text = `vars: { n: 7 }\n${NODES}timeline:
  - { at: 0s, scale: deployment/a, replicas: {{ n }} }
  - { at: 0s, scale: deployment/b, replicas: "{{ n * 2 }}" }
  - at: 0s
    scale: deployment/web-{{ n }}
    replicas: {{ n + 1 }}
`;
    expect(load({ 'main.yaml': text }).timeline).toMatchObject([
      { action: { replicas: 7 } },
      { action: { replicas: 14 } },
      { action: { target: { name: 'web-7' }, replicas: 8 } },
    ]);
  });

  test('may use those before them', () => {
    const text = `vars: { n: 7, half: "{{ n / 2 }}", name: "web-{{ half }}" }\n${NODES}question: "{{ name }}"\n`;
    expect(load({ 'main.yaml': text }).question).toBe('web-3');
  });

  test.each([
    ['that are not there', 'vars: { n: 7 }\n', '{{ m }}', 'there is no variable m; did you mean "n"? allowed: n'],
    ['where there are none', '', '{{ m }}', 'there is no variable m; write it under vars:'],
    ['in something that is not CEL', 'vars: { n: 7 }\n', '{{ n + }}', '{{ n + }}: Unexpected token'],
    ['that have no text', 'vars: { n: [1] }\n', 'x {{ n }}', '{{ n }} is no text'],
  ])('are a mistake with its place: %s', (_, vars, text, message) => {
    const found = mistake({ 'main.yaml': `${vars}question: "${text}"\n${NODES}` });
    expect(found).toContain(message);
    expect(found).toMatch(/^main\.yaml:[12]:11: /);
  });
});

describe('loops', () => {
  test('write their steps once for each value', () => {
    const text = `${NODES}timeline:
  - each: { name: [web, api] }
    steps:
      - { at: 0s, scale: "deployment/{{ name }}", replicas: 2 }
      - each: { i: 2 }
        steps: [ { at: 0s, delete: "pod/{{ name }}-{{ i }}" } ]
`;
    const names = load({ 'main.yaml': text }).timeline.map(({ action }) => action.text.split('/')[1]);
    expect(names).toEqual(['web to 2', 'web-0', 'web-1', 'api to 2', 'api-0', 'api-1']);
  });

  test.each([
    ['without steps', '{ each: { i: 3 } }', 'this loop is not complete'],
    ['over a text', '{ each: { i: web }, steps: [] }', 'a loop goes over a list or a number of rounds'],
    ['without end', '{ each: { i: 100001 }, steps: [] }', '100001 rounds are more than 10000; use load: or times:'],
    ['with a mistake in them', '{ each: { i: 2 }, steps: [ { at: 0s, aply: x } ] }', 'did you mean "apply"?'],
  ])('are a mistake with its place: %s', (_, loop, message) => {
    const found = mistake({ 'main.yaml': `${NODES}timeline:\n  - ${loop}\n` });
    expect(found).toContain(message);
    expect(found).toMatch(/^main\.yaml:3:\d+: /);
  });
});

describe('include', () => {
  const BASE = 'seed: 5\ncluster: { profile: ideal, nodes: [ { count: 3 } ] }\nexpect: [ pods.running == 1 ]\n';

  test('gives what the file does not say, and puts its steps first', () => {
    const scenario = load({
      'main.yaml': 'include: parts/base.yaml\ncluster: { kubernetes: "1.35" }\nexpect: [ pods.running == 2 ]\n',
      'parts/base.yaml': `${BASE}before: [ { apply: web.yaml } ]\n`,
      'parts/web.yaml': WEB,
    });
    expect(scenario.seed).toBe(5);
    expect(scenario.cluster).toMatchObject({ profile: 'ideal', kubernetesMinor: 35 });
    expect(scenario.expect.map(({ expression }) => expression)).toEqual(['pods.running == 1', 'pods.running == 2']);
    expect(scenario.before).toHaveLength(1);
  });

  test('may name several files: later ones stand above earlier ones', () => {
    const scenario = load({
      'main.yaml': 'include: [a.yaml, b.yaml]\n',
      'a.yaml': BASE,
      'b.yaml': 'seed: 6\nexpect: [ pods.running == 2 ]\n',
    });
    expect(scenario.seed).toBe(6);
    expect(scenario.expect.map(({ expression }) => expression)).toEqual(['pods.running == 1', 'pods.running == 2']);
  });

  test.each([
    [
      'a file that is not there',
      { 'main.yaml': 'include: b.yaml\n' },
      'main.yaml:1:10: include: there is no file b.yaml',
    ],
    [
      'a mistake in the included file',
      { 'main.yaml': `include: b.yaml\n${NODES}`, 'b.yaml': 'name: x\nseed: -1\n' },
      'b.yaml:2:7: seed: -1 is too small',
    ],
    [
      'files that include each other',
      { 'main.yaml': 'include: b.yaml\n', 'b.yaml': 'include: main.yaml\n' },
      'b.yaml:1:10: include: these files include each other: main.yaml → b.yaml → main.yaml',
    ],
    ['a list in the included file', { 'main.yaml': 'include: b.yaml\n', 'b.yaml': '- x\n' }, 'b.yaml: expected a map'],
  ])('shows with its place: %s', (_, files, message) => {
    expect(mistake(files)).toContain(message);
  });
});
