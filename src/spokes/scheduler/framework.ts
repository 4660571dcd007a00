import type { ClaimBindings } from './claim-bindings.js';
import type { CustomPlugin } from './custom-plugin.js';
import { CycleCost } from './cycle-cost.js';
import type { DisruptionBudget } from './disruption-budget.js';
import type { Listers } from './listers.js';
import type { NodeTable } from './node-table.js';
import type { Nominations } from './nominations.js';
import { makePlugins } from './plugin-set.js';
import { Preemption } from './preemption.js';
import { Profile } from './profile.js';
import type { CycleCosts, ProfileOptions } from './scheduler-options.js';
import { type Cursor, type Draw, Search } from './search.js';
import type { WaitingPodsView } from './waiting-pods.js';

/** What the profiles of a scheduler have in common. */
export interface FrameworkParts {
  readonly table: NodeTable;
  readonly balancesByImprovement: boolean;
  readonly listers: Listers;
  readonly claims: ClaimBindings;
  readonly nominations: Nominations;
  readonly waiting: WaitingPodsView;
  readonly cursor: Cursor;
  readonly ties: Draw;
  readonly preemptionUnderWay: (podId: number) => boolean;
  readonly budgets: () => readonly DisruptionBudget[];
  readonly costs: CycleCosts;
  readonly parallelism: number;
  /** Of the scheduler's host. */
  readonly cores: number;
  readonly customPlugins: readonly CustomPlugin[];
}

/** One profile of a scheduler at work. */
export class Framework {
  readonly profile: Profile;
  readonly search: Search;
  /** Undefined where no pod may make room for itself. */
  readonly preemption: Preemption | undefined;
  readonly cost: CycleCost;

  constructor(options: ProfileOptions, parts: FrameworkParts) {
    const { table, ties, nominations, cursor, budgets } = parts;
    const { args } = options;
    this.profile = new Profile(options.schedulerName, makePlugins(options.plugins, { ...parts, args }));
    this.search = new Search(table, this.profile, options.percentageOfNodesToScore, ties, nominations, cursor);
    this.cost = new CycleCost(parts.costs, this.profile, parts.parallelism, parts.cores);
    this.preemption = this.profile.preempts
      ? new Preemption(table, this.search.verdicts, budgets, ties, args.defaultPreemption)
      : undefined;
  }
}
