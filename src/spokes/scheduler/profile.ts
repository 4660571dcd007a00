import type { Plugin, WeightedPlugin } from './plugin.js';
import type { ExtensionPoint } from './plugin-choice.js';

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
  /** Those that may keep a pod from being queued. */
  readonly gates: readonly Plugin[];
  /** Those that take note of where a pod goes. */
  readonly reservers: readonly Plugin[];
  /** Those that may hold up a pod that has its node. */
  readonly permitters: readonly Plugin[];
  /** Whether pods that fit nowhere may make room for themselves. */
  readonly preempts: boolean;
  readonly filters: readonly FilteringPlugin[];
  readonly scorers: readonly ScoringPlugin[];
  /** Filters and scorers that look beyond one node. */
  readonly clusterFilters: readonly FilteringPlugin[];
  readonly clusterScorers: readonly ScoringPlugin[];

  constructor(schedulerName: string, weighted: readonly WeightedPlugin[]) {
    this.schedulerName = schedulerName;
    this.plugins = weighted.map(({ plugin }) => plugin);
    this.gates = weighted.filter((one) => one.plugin.gates !== undefined && at(one, 'preEnqueue')).map(pluginOf);
    this.reservers = this.plugins.filter(({ reserve, unreserve }) => (reserve ?? unreserve) !== undefined);
    this.permitters = this.plugins.filter(({ permit }) => permit !== undefined);
    this.filters = weighted
      .map((one, order) => ({ one, plugin: one.plugin, order }))
      .filter(({ one, plugin }) => plugin.filter !== undefined && at(one, 'filter'))
      .map(({ plugin, order }) => ({ plugin, order }));
    this.scorers = weighted.filter((one) => one.plugin.score !== undefined && one.weight > 0 && at(one, 'score'));
    this.clusterFilters = this.filters.filter(({ plugin }) => plugin.reach === 'cluster');
    this.clusterScorers = this.scorers.filter(({ plugin }) => plugin.reach === 'cluster');
    this.preempts = weighted.some((one) => one.plugin.name === 'DefaultPreemption' && at(one, 'postFilter'));
  }
}

function pluginOf({ plugin }: WeightedPlugin): Plugin {
  return plugin;
}

function at({ points }: WeightedPlugin, point: ExtensionPoint): boolean {
  return points === undefined || points.has(point);
}
