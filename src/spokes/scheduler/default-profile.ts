import { ClaimBindings } from './claim-bindings.js';
import { type Listers, NO_LISTERS } from './listers.js';
import type { NodeTable } from './node-table.js';
import type { WeightedPlugin } from './plugin.js';
import { DEFAULT_ARGS } from './plugin-args.js';
import { DEFAULT_CHOICES } from './plugin-choice.js';
import { makePlugins } from './plugin-set.js';
import type { ProfileOptions } from './scheduler-options.js';
import { NO_STORAGE } from './storage.js';
import { NO_WAITING_PODS } from './waiting-pods.js';

/** The plugins of the default profile with their default settings. */
export function defaultPlugins(
  table: NodeTable,
  balancesByImprovement: boolean,
  listers: Listers = NO_LISTERS,
): readonly WeightedPlugin[] {
  const parts = {
    table,
    balancesByImprovement,
    listers,
    claims: new ClaimBindings(NO_STORAGE),
    preemptionUnderWay: () => false,
    args: DEFAULT_ARGS,
    customPlugins: [],
    waiting: NO_WAITING_PODS,
  };
  return makePlugins(DEFAULT_CHOICES, parts);
}

/** The profile of a scheduler that is told nothing. */
export const DEFAULT_PROFILE: ProfileOptions = {
  schedulerName: 'default-scheduler',
  percentageOfNodesToScore: 0,
  plugins: DEFAULT_CHOICES,
  args: DEFAULT_ARGS,
};
