import { describe, expect, test } from 'vitest';
import { KindRegistry } from '../../../src/api/kind-registry.js';
import { readManifests } from '../../../src/api/manifest.js';
import type { ApiObject } from '../../../src/api/object.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { TextTemplate } from '../../../src/scenario/load-template.js';
import { nameTemplate } from '../../../src/scenario/name-template.js';
import { Variables } from '../../../src/scenario/variables.js';

const VARIABLES = new Variables({ team: 'blue' });
const options = { shapes: new PodShapes(), kinds: new KindRegistry() };

const config = (metadata: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n${metadata}\n${more}`;

/** What a copy is when its text is read for it alone. */
function readAlone(text: string, index: number, namespace: string): ApiObject {
  const filled = VARIABLES.with({ index, namespace }).fillText(text);
  return readManifests(filled, 'load.yaml', options).objects[0]!;
}

const NAMED = config('  name: "{{ team }}-{{ index }}"', 'data: { place: "{{ namespace }}" } # {{ index }} of many');

describe('the objects of a load', () => {
  test.each([
    ['named by their number', NAMED, true],
    ['named by what is worked out of it', config("  name: a-{{ index % 3 == 2 ? 'z' : string(index) }}"), true],
    ['that have their number in a label, too', config('  name: a-{{ index }}\n  labels: { n: "{{ index }}" }'), false],
    ['that have it in a label alone', config('  name: a-b\n  labels: { n: "{{ index }}" }'), false],
    ['that differ in what is no text', config('  name: a-{{ index }}', 'immutable: {{ index > 0 }}'), false],
    ['that have their name elsewhere', config('  name: &it a-{{ index }}', 'data: { name: *it }'), false],
  ])('%s are as if each was read alone', (_, text, isNameAlone) => {
    const template = new TextTemplate(text, 'load.yaml', ['north', 'south'], VARIABLES, options);
    expect(nameTemplate(text, 'load.yaml', VARIABLES.with({ namespace: 'north' })) !== undefined).toBe(isNameAlone);
    for (const index of [0, 1, 2, 5, 12]) {
      const namespace = index % 2 === 0 ? 'north' : 'south';
      const alone = readAlone(text, index, namespace);
      const copy = template.copy(index);
      expect(copy).toEqual(alone.withMetadata(alone.metadata.with({ namespace })));
    }
  });

  test('are refused when their number makes no name of theirs', () => {
    const text = config("  name: a-{{ index < 3 ? string(index) : 'B' }}");
    const template = new TextTemplate(text, 'load.yaml', [], VARIABLES, options);
    expect(template.copy(2).metadata.name).toBe('a-2');
    expect(() => template.copy(3)).toThrow(/not "a-B"/);
  });

  test('may have names that only YAML knows to be text', () => {
    expect(nameTemplate(config('  name: "{{ index }}"'), 'load.yaml', VARIABLES)).toBeUndefined();
    const template = new TextTemplate(config('  name: "{{ index }}"'), 'load.yaml', [], VARIABLES, options);
    expect(template.copy(7).metadata.name).toBe('7');
  });
});
