import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readProfile } from '../../src/scenario/profile-reader.js';
import { badness, step } from './gauss-newton.js';
import { PARAMETERS } from './parameters.js';
import { ProfileDraft } from './profile-draft.js';
import { caseNames, type Residual, residualsOf } from './residuals.js';

/**
 * `tsx bench/fit/main.ts DIR PROFILE`: how far a profile's simulations are from the measured cases in DIR. With
 * `--rounds N` it first moves all parameters together so that they come nearer, N times, and writes the profile back:
 * Gauss and Newton's method with dampings, on the cases that `--on` names.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: '' },
    on: { type: 'string', default: '' },
    parameters: { type: 'string', default: '' },
    rounds: { type: 'string', default: '0' },
  },
});
const [directory = '', profileFile = ''] = positionals;
const draft = new ProfileDraft(readFileSync(profileFile, 'utf8'));

function measure(cases: readonly string[]): Residual[] {
  const profile = readProfile(draft.toString(), profileFile);
  return cases.flatMap((name) => residualsOf(directory, name, profile));
}

function fitProfile(rounds: number): void {
  const cases = caseNames(directory, new RegExp(values.on));
  const parameters = PARAMETERS.filter((parameter) => new RegExp(values.parameters).test(parameter));
  const set = (numbers: readonly number[]): void => {
    for (const [index, parameter] of parameters.entries()) draft.set(parameter, numbers[index]!);
  };
  const errors = (numbers: readonly number[]): number[] => {
    set(numbers);
    return measure(cases).map(({ tolerances }) => tolerances);
  };
  let best: readonly number[] = parameters.map((parameter) => draft.get(parameter));
  for (let round = 0; round < rounds; round++) {
    best = step(errors, best, [300, 30, 3]);
    set(best);
    writeFileSync(profileFile, draft.toString());
    console.error(`round ${round}: badness ${badness(errors(best)).toFixed(1)}`);
  }
}

fitProfile(Number(values.rounds));
const residuals = measure(caseNames(directory, new RegExp(values.cases)));
for (const { case: name, path, kind, measured, simulated, tolerances } of residuals) {
  const columns = [name.padEnd(36), kind.padEnd(8), path.padEnd(34), measured.toPrecision(4), simulated.toPrecision(4)];
  console.log(`${columns.join(' ')} ${tolerances.toFixed(1)}${Math.abs(tolerances) > 1 ? ' MISS' : ''}`);
}
const misses = residuals.filter(({ tolerances }) => !(Math.abs(tolerances) <= 1)).length;
const off = badness(residuals.map(({ tolerances }) => tolerances));
console.log(`${residuals.length - misses} within their tolerance, ${misses} not; badness ${off.toFixed(1)}`);
