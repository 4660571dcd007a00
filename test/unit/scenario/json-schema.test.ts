import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { isManifest } from '../../../src/scenario/bare-manifest.js';
import { scenarioJsonSchema, scenarioJsonSchemaText } from '../../../src/scenario/json-schema.js';
import { Source } from '../../../src/scenario/source.js';

const TOP = join(import.meta.dirname, '../../..');
const ajv = new Ajv({ allErrors: true, strictTypes: false });
const validate = ajv.compile(scenarioJsonSchema());

/** Every scenario of the project, those of the measured cases included. */
const SCENARIOS = ['scenarios', 'test/validation/cases'].flatMap((folder) =>
  readdirSync(join(TOP, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => isScenario(file)),
);

function isScenario(file: string): boolean {
  const text = readFileSync(file, 'utf8');
  return !isManifest(text) && /^cluster:/m.test(text);
}

function errorsOf(text: string): string[] {
  validate(new Source(text, 'scenario.yaml').value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the JSON Schema of scenarios', () => {
  test('is the one in schema/scenario.json (npm run docs)', () => {
    expect(readFileSync(join(TOP, 'schema/scenario.json'), 'utf8')).toBe(scenarioJsonSchemaText());
  });

  test('takes every scenario of the project', () => {
    expect(SCENARIOS.length).toBeGreaterThan(10);
    const refused = SCENARIOS.map((file) => [basename(file), errorsOf(readFileSync(file, 'utf8'))]);
    expect(refused.filter(([, errors]) => errors!.length > 0)).toEqual([]);
  });

  test('takes variables in the place of numbers, and loops', () => {
    const loop = '{ each: { i: 3 }, steps: [ { at: 0s, scale: "deployment/web-{{ i }}", replicas: "{{ n }}" } ] }';
    expect(errorsOf(`cluster: {}\nvars: { n: 3 }\nseed: "{{ n }}"\ntimeline: [ ${loop} ]`)).toEqual([]);
  });

  test.each([
    ['without a cluster', 'name: x', "must have required property 'cluster'"],
    ['with an unknown key', 'cluster: { nodes: [] }\ntimelin: []', 'must NOT have additional properties'],
    ['with a step that is none', 'cluster: {}\ntimeline: [ { at: 0s, aply: x } ]', '/timeline/0'],
    ['with a number for a text', 'cluster: { kubernetes: 1.36 }', '/cluster/kubernetes must be string'],
    ['with a number that is too small', 'cluster: { apiServer: { replicas: 0 } }', 'must be >= 1'],
    ['with a profile that there is not', 'cluster: { profile: fast }', '/cluster/profile must be equal to one of'],
  ])('refuses one %s', (_, text, error) => {
    expect(errorsOf(text).join('\n')).toContain(error);
  });
});
