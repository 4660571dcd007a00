import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import { Streams } from '../../../src/random/streams.js';
import { goFunctions, Later } from '../../../src/scenario/import/go-functions.js';
import { fillGoTemplate } from '../../../src/scenario/import/go-template.js';
import { importFiles } from '../../../src/scenario/import/import-files.js';
import type { Imported } from '../../../src/scenario/import/imported.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

const DENSITY = join(import.meta.dirname, '../../fixtures/import/cluster-loader/density.yaml');

function imported(parameters: Readonly<Record<string, unknown>>, change = (text: string) => text): Imported {
  const readFile = (path: string): string => readFileSync(path, 'utf8');
  const file = { path: DENSITY, text: change(readFile(DENSITY)) };
  return importFiles({
    name: 'density',
    files: [file],
    readFile,
    caseName: undefined,
    workload: undefined,
    parameters,
  });
}

function filled(text: string, parameters: Readonly<Record<string, unknown>> = {}): string {
  const functions = goFunctions(new Streams(1).stream('test'));
  return fillGoTemplate(text, 'x.yaml', { functions, variables: new Map(), parameters }).text;
}

describe('a Go template', () => {
  test.each([
    ['{{$a := 3}}{{$a}}', '3'],
    ['{{DivideInt .Nodes 3}}', '3'],
    ['{{DivideFloat 10 4 | AddInt 180}}', '182'],
    ['{{MultiplyInt 5 1.5}} {{MaxInt 2 7}} {{SubtractFloat 1 0.5}}', '7 7 0.5'],
    ['{{DefaultParam .Other (Concat "a" "b")}}', 'ab'],
    ['{{if eq .Nodes 10}}ten{{else if true}}more{{else}}none{{end}}', 'ten'],
    ['{{if not .On}}off{{else}}on{{end}}', 'off'],
    ['{{range $i := Loop 3}}{{$i}},{{end}}', '0,1,2,'],
    ['{{range $i := Loop 0}}{{if true}}x{{end}}{{end}}.', '.'],
    ['{{IfThenElse false 1 2}}{{/* nothing */}}', '2'],
    ['{{printf "%s-%d" "web" 3}}', 'web-3'],
    ['{{.Name}} {{if and false (eq (Mod .Name 2) 0)}}x{{end}}', 'web-{{ index }} '],
  ])('%s', (template, text) => {
    expect(filled(template, { Nodes: 10, Name: new Later('web-{{ index }}') })).toBe(text);
  });

  test.each([
    ['a\n{{NoSuch 1}}', 'x.yaml:2: {{ NoSuch 1 }}: there is no function NoSuch'],
    ['{{.Replicas}}', 'x.yaml:1: nobody says what .Replicas is; say it with --set Replicas=VALUE'],
    ['{{if true}}', 'an end is missing'],
    ['{{end}}', 'nothing that it ends'],
    ['{{AddInt "a" 1}}', '"a" is no number'],
  ])('that is none is a mistake with its line: %s', (template, message) => {
    expect(() => filled(template)).toThrow(InputError);
    try {
      filled(template);
    } catch (error) {
      expect((error as InputError).format()).toContain(message);
    }
  });
});

describe('import of a test of ClusterLoader2', () => {
  const given = imported({ Nodes: 20 });

  test('makes loads and deletions of its phases, one step after the other, and they run', () => {
    const texts = new Map(given.files.map(({ path, text }) => [resolve('/ours', path), text]));
    const scenario = loadScenario('/ours/scenario.yaml', { readFile: (path) => texts.get(path)! });
    const { summary } = simulate(scenario);
    expect(summary.end.reason).toBe('converged');
    // 2 namespaces with 40 pods and 6 single ones that are doubled; the latter go in the end.
    expect(summary.pods.created).toBe(2 * (40 + 6 + 6));
    expect(summary.pods.deleted).toBe(2 * 12);
    const deleted = summary.hub.byRequest.filter(
      ({ verb, resource, client }) => verb === 'delete' && resource === 'deployments' && client === 'kubectl',
    );
    expect(deleted.reduce((sum, { count }) => sum + count, 0)).toBe(12);
  });

  test('names what it does not understand with its line, in the notes and on top of the scenario', () => {
    const notes = given.notes.join('\n');
    expect(notes).toMatch(/density\.yaml:33: measurement PodStartupLatency is left out/);
    expect(notes).toMatch(/density\.yaml:55: left out: stranger\.yaml: Stranger is not a known kind/);
    expect(notes).toMatch(/density\.yaml:55: Saturation: random moments are spread evenly/);
    expect(given.files[0]!.text).toContain('Stranger is not a known kind');
    expect(imported({ ENABLE_CHAOSMONKEY: true }).notes.join('\n')).toMatch(
      /density\.yaml:2\d: left out: write fault:/,
    );
  });

  test('takes the parameters of the test, with 100 nodes where nobody says', () => {
    expect(given.files[0]!.text).toContain('namespaces: 2');
    expect(imported({}).files[0]!.text).toContain('count: 100');
    expect(imported({ Nodes: 20, NODES_PER_NAMESPACE: 20 }).files[0]!.text).toContain('namespaces: 1');
  });

  test('refuses a test with nothing in it that could be done', () => {
    expect(() => imported({}, (text) => text.replaceAll('phases:', 'phasen:').replaceAll('module:', 'modul:'))).toThrow(
      'the test has no phases that hubsim can do',
    );
  });
});
