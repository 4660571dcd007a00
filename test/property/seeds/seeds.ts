import { readFileSync } from 'node:fs';
import type { Call } from '../../../src/api/call.js';
import { parseDuration } from '../../../src/api/duration.js';
import type { Kind } from '../../../src/api/kind.js';
import type { WatchEvent } from '../../../src/api/watch.js';
import { Measurements } from '../../../src/measure/measurements.js';
import { parseDistribution } from '../../../src/random/parse-distribution.js';
import type { ScenarioConfig } from '../../../src/scenario/config.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { Delete } from '../../../src/scenario/steps/delete.js';
import { stepsWithin } from '../../../src/scenario/steps/step.js';
import { goldenFile, readScenario, SCENARIOS } from '../../golden/golden-record.js';
import { StoreInvariants } from '../controllers/store-invariants.js';

/** Every message is late by a little of its own. */
const DELAY = parseDistribution('exponential(mean=2ms)', parseDuration);

/** Those whose question is what becomes of a cluster without what keeps all in order. */
const WITHOUT = /^baselines\/|by-recipe$|stale-secrets$/;

/** What leaves two who believe that they lead. */
const FROZEN_LEADER = /^freeze controller-manager/;

/** The scenarios of the project that must end alike whatever the seed. */
export const SEEDED: readonly string[] = SCENARIOS.filter((name) => !WITHOUT.test(name));

/** Measures as ever, and lets the invariants watch. */
class Witnessed extends Measurements {
  private readonly invariants: StoreInvariants;

  constructor(kinds: readonly Kind[], invariants: StoreInvariants) {
    super(kinds);
    this.invariants = invariants;
  }

  override committed(event: WatchEvent): void {
    super.committed(event);
    this.invariants.committed(event);
  }

  override answered(call: Call, nowNs: number): void {
    super.answered(call, nowNs);
    this.invariants.answered(call);
  }
}

/** A scenario with small random delays; the seed is still to be set. */
export function delayed(name: string): ScenarioConfig {
  const scenario = readScenario(name);
  return { ...scenario, cluster: { ...scenario.cluster, network: { ...scenario.cluster.network, delay: DELAY } } };
}

/** How its golden run ends. */
export function endOf(name: string): string {
  return (JSON.parse(readFileSync(goldenFile(name), 'utf8')) as { readonly end: string }).end;
}

/** What must not be in a run of a scenario with this seed, a sentence each. */
export function violations(scenario: ScenarioConfig, seed: number, end: string): readonly string[] {
  const losesPods = stepsWithin(scenario.timeline).some(
    ({ action }) => action.isFault === true || action instanceof Delete,
  );
  const oneLeader = !stepsWithin(scenario.timeline).some(({ action }) => FROZEN_LEADER.test(action.text));
  const invariants = new StoreInvariants(!losesPods, oneLeader);
  const { summary } = simulate({ ...scenario, seed }, { measurements: (kinds) => new Witnessed(kinds, invariants) });
  const { reason, findings } = summary.end;
  if (reason !== end) return [...invariants.violations, `it ends ${reason}: ${findings.join('; ')}`];
  if (reason === 'converged') invariants.checkEnd();
  return invariants.violations;
}
