import { describe, expect, test } from 'vitest';
import type { ApiObject } from '../../../src/api/object.js';
import { load, mistake, WEB } from './scenario-files.js';

const NODES = 'cluster: { nodes: [ { count: 3 } ] }\n';

function applied(text: string, files: Readonly<Record<string, string>> = {}): readonly ApiObject[] {
  const { timeline } = load({ 'main.yaml': `${NODES}timeline:\n${text}`, ...files });
  return timeline.flatMap(({ action }) => action.objects ?? []);
}

const names = (objects: readonly ApiObject[]): string[] => objects.map(({ metadata }) => metadata.name);
const replicas = (objects: readonly ApiObject[]): unknown[] =>
  objects.map(({ spec }) => (spec as { replicas: number }).replicas);

const SETTINGS = 'apiVersion: v1, kind: ConfigMap, metadata: { name: settings }';

describe('a manifest in the scenario itself', () => {
  test('may be an object, several, or a block of YAML', () => {
    const block = WEB.split('\n').map((line) => `      ${line}`.trimEnd());
    const objects = applied(`  - { at: 0s, apply: { ${SETTINGS}, data: { a: b } } }
  - { at: 0s, apply: [ { ${SETTINGS} }, { ${SETTINGS.replace('settings', 'others')} } ] }
  - at: 0s
    apply: |
${block.join('\n')}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: last }
`);
    expect(names(objects)).toEqual(['settings', 'settings', 'others', 'web', 'last']);
  });

  test('is filled in by variables and loops; what has quotes is text', () => {
    const objects = applied(`  - each: { i: 2 }
    steps:
      - { at: 0s, apply: { apiVersion: v1, kind: ConfigMap, metadata: { name: "c-{{ i }}" }, data: { n: "{{ i }}" } } }
      - at: 0s
        apply: |
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: "block-{{ i }}" }
`);
    expect(names(objects)).toEqual(['c-0', 'block-0', 'c-1', 'block-1']);
  });

  test.each([
    [
      'an unknown kind',
      `{ ${SETTINGS.replace('Map', 'Mab')} }`,
      'main.yaml:3:46: timeline[0].apply.kind: ConfigMab of v1',
    ],
    [
      'a wrong value in a list',
      `[ { ${SETTINGS} }, { ${SETTINGS}, data: { n: 3 } } ]`,
      'main.yaml:3:167: timeline[0].apply[1].data.n: must be text, not 3',
    ],
    ['an empty list', '[]', 'main.yaml:3:22: timeline[0].apply: this has no objects'],
    ['a number', '3', 'main.yaml:3:22: timeline[0].apply: expected a text'],
  ])('is refused with its place: %s', (_, manifest, message) => {
    expect(mistake({ 'main.yaml': `${NODES}timeline:\n  - { at: 0s, apply: ${manifest} }\n` })).toContain(message);
  });

  test('is refused with its place within a block', () => {
    const text = `${NODES}timeline:
  - at: 0s
    apply: |
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: a }
      ---
      apiVersion: v1
      kind: ConfgMap
      metadata: { name: b }
`;
    expect(mistake({ 'main.yaml': text })).toContain('main.yaml:10:13: kind: ConfgMap of v1 is not a known kind');
  });

  test('warns of what has no effect with its place', () => {
    const { warnings } = load({
      'main.yaml': `${NODES}timeline:\n  - { at: 0s, apply: { ${SETTINGS}, dta: {} } }\n`,
    });
    expect(warnings).toEqual([
      expect.stringMatching(/^main\.yaml:3:\d+: timeline\[0\]\.apply\.dta is not a known field/),
    ]);
  });
});

describe('a manifest file in a loop', () => {
  const numbered = WEB.replace('name: web }', 'name: "web-{{ i }}" }').replace('replicas: 3', 'replicas: {{ i + n }}');
  const loop = '  - each: { i: 3 }\n    steps: [ { at: 0s, apply: web.yaml } ]\n';

  test('is filled in each round', () => {
    const { timeline } = load({ 'main.yaml': `vars: { n: 5 }\n${NODES}timeline:\n${loop}`, 'web.yaml': numbered });
    const objects = timeline.flatMap(({ action }) => action.objects ?? []);
    expect(names(objects)).toEqual(['web-0', 'web-1', 'web-2']);
    expect(replicas(objects)).toEqual([5, 6, 7]);
  });

  test('keeps templates of other programs, and all braces where there are no variables', () => {
    const note = '{{ .Values.x }} {{ $labels.pod }} {{ end }}';
    const noted = WEB.replace('name: web }', `name: web, annotations: { note: "${note}" } }`);
    for (const text of [loop, '  - { at: 0s, apply: web.yaml }\n'])
      expect(applied(text, { 'web.yaml': noted })[0]!.metadata.annotations).toEqual({ note });
  });

  test('is refused where braces stand that nobody can fill in, with their place', () => {
    const main = (apply: string): string => `vars: { n: 1 }\n${NODES}timeline:\n  - { at: 0s, apply: ${apply} }\n`;
    const text = WEB.replace('replicas: 3', 'replicas: {{ index }}');
    expect(mistake({ 'main.yaml': main('web.yaml'), 'web.yaml': text })).toBe(
      'web.yaml:5:14: not valid YAML: no variable is known that stands in these braces; ' +
        'write the variable under vars:, or put the braces in quotes',
    );
    const inline = '{ apiVersion: v1, kind: ConfigMap, metadata: { name: "c-{{ index }}" } }';
    expect(mistake({ 'main.yaml': main(inline) })).toContain(
      'no variable index here; {{ index }} stands in the manifest',
    );
  });

  test('is refused where a variable is misspelt, or comes to no text', () => {
    const main = `vars: { count: 2, all: [1] }\n${NODES}timeline:\n  - { at: 0s, apply: web.yaml }\n`;
    const with_ = (braces: string): string =>
      mistake({ 'main.yaml': main, 'web.yaml': WEB.replace('replicas: 3', `replicas: ${braces}`) });
    expect(with_('{{ cuont }}')).toContain('web.yaml:5:13: there is no variable cuont; did you mean "count"?');
    expect(with_('{{ all }}')).toContain('web.yaml:5:13: {{ all }} is no text');
  });
});

describe('a manifest in a load itself', () => {
  const LOAD = 'at: 0s, load: closed, verb: create, namespaces: 2, perNamespace: 1';

  test('may be an object under numbered names, or filled in for each', () => {
    const objects = applied(`  - { ${LOAD}, manifest: { ${SETTINGS} } }
  - { ${LOAD}, manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: "of-{{ namespace }}" } } }
  - at: 0s
    load: closed
    verb: create
    namespaces: [a, b]
    perNamespace: 1
    manifest: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: "web-{{ index }}" }
      spec:
        replicas: {{ 2 * index + 1 }}
        selector: { matchLabels: { app: web } }
        template: { metadata: { labels: { app: web } }, spec: { containers: [ { name: web, image: "web:1" } ] } }
`);
    expect(names(objects)).toEqual(['settings-0', 'settings-1', 'of-ns-0', 'of-ns-1', 'web-0', 'web-1']);
    expect(replicas(objects.slice(4))).toEqual([1, 3]);
    expect(objects.map(({ metadata }) => metadata.namespace)).toEqual(['ns-0', 'ns-1', 'ns-0', 'ns-1', 'a', 'b']);
  });

  test('fills braces without quotes in an object as what they are, a number or a truth value', () => {
    const objects = applied(`  - at: 0s
    load: closed
    verb: create
    namespaces: 3
    perNamespace: 1
    manifest:
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: "web-{{ index }}", labels: { n: "{{ index }}" } }
      spec:
        replicas: {{ 2 * index + 1 }}
        paused: {{ index == 1 ? true : false }}
        selector: { matchLabels: { app: web } }
        template: { metadata: { labels: { app: web } }, spec: { containers: [ { name: web, image: "web:1" } ] } }
`);
    expect(replicas(objects)).toEqual([1, 3, 5]);
    expect(objects.map(({ spec }) => (spec as { paused: boolean }).paused)).toEqual([false, true, false]);
    expect(objects.map(({ metadata }) => metadata.labels)).toEqual([{ n: '0' }, { n: '1' }, { n: '2' }]);
  });

  test('takes variables of the scenario and of loops beside its own', () => {
    const objects = applied(`  - each: { team: [red, blue] }
    steps:
      - { ${LOAD}, manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: "{{ team }}-{{ index }}" } } }
`);
    expect(names(objects)).toEqual(['red-0', 'red-1', 'blue-0', 'blue-1']);
  });

  test.each([
    ['an unknown kind', `{ ${SETTINGS.replace('Map', 'Mab')} }`, 'timeline[0].manifest.kind: ConfigMab of v1'],
    [
      'a field',
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: "c-{{ index }}" }, data: { n: 3 } }',
      'main.yaml:3:',
    ],
    [
      'a number where a text belongs',
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: c }, data: { n: {{ index }} } }',
      'main.yaml:3:154: timeline[0].manifest.data.n: must be text, not 0; in quotes it is a text: "{{ index }}"',
    ],
    [
      'a text where a number belongs',
      '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: c }, spec: { replicas: "{{ index }}" } }',
      'must be an integer from 0 to 10000000, not "0"; without quotes it is a number: {{ index }}',
    ],
    [
      'an unknown variable',
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: "c-{{ indx }}" } }',
      'no variable indx',
    ],
    [
      'several',
      '{ apiVersion: v1, kind: List, items: [ { KIND }, { KIND } ] }'.replaceAll('KIND', SETTINGS),
      'has 2 objects',
    ],
  ])('is refused with its place: %s', (_, manifest, message) => {
    const text = `${NODES}timeline:\n  - { ${LOAD}, manifest: ${manifest} }\n`;
    expect(mistake({ 'main.yaml': text })).toContain(message);
  });
});
