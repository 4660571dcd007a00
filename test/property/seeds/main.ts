/**
 * `npm run seeds -- [SEEDS [NAME…]]`: every scenario of the project with so many seeds and small random delays. All must end
 * as they do with their own seed, and no invariant may be broken on the way. What comes of it is kept in `results/seeds.ndjson`.
 */
import { keepSeeds } from './seed-results.js';
import { delayed, endOf, SEEDED, violations } from './seeds.js';

const [seeds = '200', ...names] = process.argv.slice(2);
let broken = 0;
for (const name of names.length > 0 ? names : SEEDED) {
  const scenario = delayed(name);
  const end = endOf(name);
  const startMs = performance.now();
  let wrong = 0;
  for (let seed = 1; seed <= Number(seeds); seed++) {
    const found = violations(scenario, seed, end);
    if (found.length === 0) continue;
    wrong++;
    console.log(`${name}, seed ${seed}: ${found.slice(0, 5).join(' | ')}`);
  }
  broken += wrong;
  const seconds = Math.round((performance.now() - startMs) / 1000);
  const fine = Number(seeds) - wrong;
  console.log(`${name}: ${fine} of ${seeds} seeds fine, in ${seconds} s`);
  keepSeeds({ scenario: name, seeds: Number(seeds), fine, ends: end });
}
process.exitCode = broken === 0 ? 0 : 1;
