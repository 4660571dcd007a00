import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../src/cli/program.js';
import { FakeIo } from '../unit/cli/fake-io.js';
import { exitCodes } from './session.js';

const TOP = join(import.meta.dirname, '../..');
const PAGES = ['README.md', ...readdirSync(join(TOP, 'docs')).map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith('.md'),
);

const textOf = (file: string): string => readFileSync(join(TOP, file), 'utf8');

/** Commands within sentences and in blocks: `hubsim run FILE --seed 7`. */
function commandsOf(page: string): string[] {
  return [...page.matchAll(/(?:`|^\$ |^npx )(?:npx )?(hubsim [a-z]+[^`\n]*)/gm)].map(([, command]) => command!);
}

const helps = new Map<string, Promise<string>>();

/** What `hubsim COMMAND --help` says; empty where there is no such command. */
function helpOf(command: string): Promise<string> {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const io = new FakeIo();
  const help = runProgram([command, '--help'], io).then((code) => (code === 0 ? io.outText : ''));
  helps.set(command, help);
  return help;
}

describe('every command on the pages', () => {
  test.each(PAGES)('is one that hubsim has, with options that it takes: %s', async (file) => {
    const wrong: string[] = [];
    for (const command of commandsOf(textOf(file))) {
      const [, name = '', ...rest] = command.replace(/ #.*$/, '').split(/\s+/);
      const help = await helpOf(name);
      if (!help.includes(`hubsim ${name}`)) wrong.push(command);
      for (const [, no = '', option] of rest.join(' ').matchAll(/(?<=^|\s)--(no-)?([a-z-]+)/g))
        if (!help.includes(`--${option}`) && !help.includes(`--${no}${option}`)) wrong.push(`${command}: --${option}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** As kubectl get nodes and pods prints them. */
const DUMP = {
  'nodes.yaml': `apiVersion: v1
kind: Node
metadata: { name: one }
status: { allocatable: { cpu: "4", memory: 8Gi, pods: "110" } }
`,
  'pods.yaml': `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec: { nodeName: one, containers: [ { name: web, image: web:1, resources: { requests: { cpu: 100m } } } ] }
status: { phase: Running }
`,
};

// Scenarios that are run as they are have goldens: of those only what a later command looks at is run here.
test('the commands of the cookbook end well', () => {
  const all = [...textOf('docs/cookbook.md').matchAll(/^npx (hubsim .*)$/gm)].map(([, command]) => command!);
  const commands = all.filter((command) => !/^hubsim run scenarios\/\S+$/.test(command) || command.includes('spring'));
  expect(commands.length).toBeGreaterThan(5);
  expect(exitCodes(commands, DUMP).filter(({ code }) => code !== 0)).toEqual([]);
});
