import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readProfile } from '../../src/scenario/profile-reader.js';
import { PARAMETERS } from './parameters.js';
import { ProfileDraft } from './profile-draft.js';
import { badness, caseNames, type Residual, residualsOf } from './residuals.js';

/**
 * `tsx bench/fit/main.ts DIR PROFILE`: how far a profile's simulations are from the measured cases in DIR. With
 * `--rounds N` it first moves each parameter up and down by turns, as long as that brings them nearer, and writes the
 * profile back: coordinate descent, in steps that shrink from round to round.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: '' },
    parameters: { type: 'string', default: '' },
    rounds: { type: 'string', default: '0' },
    step: { type: 'string', default: '1.4' },
  },
});
const [directory = '', profileFile = ''] = positionals;
const cases = caseNames(directory, new RegExp(values.cases));
const draft = new ProfileDraft(readFileSync(profileFile, 'utf8'));

function measure(): Residual[] {
  const profile = readProfile(draft.toString(), profileFile);
  return cases.flatMap((name) => residualsOf(directory, name, profile));
}

/** Moves one parameter as long as that helps; gives the new badness. */
function move(parameter: string, best: number, step: number): number {
  let least = best;
  for (const factor of [step, 1 / step]) {
    const before = least;
    for (;;) {
      const value = draft.get(parameter);
      draft.set(parameter, value * factor);
      const now = badness(measure());
      if (now < least * 0.9995) {
        least = now;
        continue;
      }
      draft.set(parameter, value);
      break;
    }
    if (least < before) break;
  }
  return least;
}

function descend(rounds: number, firstStep: number): void {
  let best = badness(measure());
  let step = firstStep;
  const parameters = PARAMETERS.filter((parameter) => new RegExp(values.parameters).test(parameter));
  for (let round = 0; round < rounds; round++) {
    for (const parameter of parameters) {
      const before = best;
      best = move(parameter, best, step);
      if (best < before) console.error(`${round} ${parameter} ${draft.get(parameter)} ns: ${best.toFixed(1)}`);
      writeFileSync(profileFile, draft.toString());
    }
    step = Math.sqrt(step);
  }
}

descend(Number(values.rounds), Number(values.step));
const residuals = measure();
for (const { case: name, path, kind, measured, simulated, tolerances } of residuals) {
  const columns = [name.padEnd(36), kind.padEnd(8), path.padEnd(34), measured.toPrecision(4), simulated.toPrecision(4)];
  console.log(`${columns.join(' ')} ${tolerances.toFixed(1)}${Math.abs(tolerances) > 1 ? ' MISS' : ''}`);
}
const misses = residuals.filter(({ tolerances }) => !(Math.abs(tolerances) <= 1)).length;
console.log(
  `${residuals.length - misses} within their tolerance, ${misses} not; badness ${badness(residuals).toFixed(1)}`,
);
