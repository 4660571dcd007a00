import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../../api/input-error.js';

/** A directory with `scenario.yaml` and `measured.json`. */
export interface Case {
  readonly name: string;
  readonly scenarioFile: string;
  readonly measuredFile: string;
}

/** The cases below a directory, or the directory itself as a case, by name; `glob` chooses. Throws InputError. */
export function findCases(directory: string, glob: string): Case[] {
  if (!existsSync(directory)) throw new InputError(`there is no directory ${directory}`);
  if (!statSync(directory).isDirectory())
    throw new InputError(`${directory} is not a directory of measured cases`, {
      remedy: 'hubsim check says whether a scenario is right',
    });
  if (isCase(directory)) return [caseAt(directory)];
  const names = readdirSync(directory).sort();
  const cases = names.map((name) => join(directory, name)).filter(isCase);
  const chosen = cases.map(caseAt).filter(({ name }) => matches(name, glob));
  if (chosen.length > 0) return chosen;
  const remedy =
    cases.length === 0 ? 'a case is a directory with scenario.yaml and measured.json' : `of ${cases.length}`;
  throw new InputError(`no case in ${directory} matches ${glob}`, { remedy });
}

function isCase(directory: string): boolean {
  return existsSync(join(directory, 'scenario.yaml')) && existsSync(join(directory, 'measured.json'));
}

function caseAt(directory: string): Case {
  return {
    name: basename(directory),
    scenarioFile: join(directory, 'scenario.yaml'),
    measuredFile: join(directory, 'measured.json'),
  };
}

/** `*` stands for any text, `{a,b}` for one of several, `,` between whole globs for either. */
export function matches(name: string, glob: string): boolean {
  const pattern = glob
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^{}]*)\}/g, (_, choices: string) => `(${choices.replaceAll(',', '|')})`)
    .replaceAll('?', '.')
    .replaceAll('*', '.*')
    .replaceAll(',', '|');
  return new RegExp(`^(${pattern})$`).test(name);
}
