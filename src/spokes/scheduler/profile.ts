import type { Plugin, WeightedPlugin } from './plugin.js';

export interface FilteringPlugin {
  readonly plugin: Plugin;
  /** Position in the profile: of several plugins against a node, the first is named. */
  readonly order: number;
}

export interface ScoringPlugin {
  readonly plugin: Plugin;
  readonly weight: number;
}

/** The plugins of one scheduler in order, sorted by what they do. */
export class Profile {
  readonly schedulerName: string;
  readonly plugins: readonly Plugin[];
  readonly filters: readonly FilteringPlugin[];
  readonly scorers: readonly ScoringPlugin[];
  /** Filters and scorers that look beyond one node. */
  readonly clusterFilters: readonly FilteringPlugin[];
  readonly clusterScorers: readonly ScoringPlugin[];

  constructor(schedulerName: string, weighted: readonly WeightedPlugin[]) {
    this.schedulerName = schedulerName;
    this.plugins = weighted.map(({ plugin }) => plugin);
    this.filters = this.plugins
      .map((plugin, order) => ({ plugin, order }))
      .filter(({ plugin }) => plugin.filter !== undefined);
    this.scorers = weighted.filter(({ plugin, weight }) => plugin.score !== undefined && weight > 0);
    this.clusterFilters = this.filters.filter(({ plugin }) => plugin.reach === 'cluster');
    this.clusterScorers = this.scorers.filter(({ plugin }) => plugin.reach === 'cluster');
  }
}
