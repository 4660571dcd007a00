import type { Stream } from '../../random/stream.js';
import type { ClusterAutoscalerOptions, Expander } from './autoscaler-options.js';
import type { NodeGroup } from './node-group.js';
import type { ScaleUpOption } from './scale-up.js';

/**
 * The option that is taken: each expander leaves those that it finds best and equally good, and one of what is left in the end
 * is drawn (expander/factory/chain.go, expander/random).
 */
export function bestOption(
  options: readonly ScaleUpOption[],
  groups: readonly NodeGroup[],
  { expander, priorities }: Pick<ClusterAutoscalerOptions, 'expander' | 'priorities'>,
  stream: Stream,
): ScaleUpOption {
  let left = options;
  for (const one of typeof expander === 'string' ? [expander] : expander) {
    const costs = left.map((option) => costOf(option, one, priorities, groups));
    const least = Math.min(...costs);
    left = left.filter((_, index) => costs[index] === least);
  }
  return left.length === 1 ? left[0]! : left[stream.below(left.length)]!;
}

function costOf(
  { group, waste, nodes, pods }: ScaleUpOption,
  expander: Expander,
  priorities: ClusterAutoscalerOptions['priorities'],
  groups: readonly NodeGroup[],
): number {
  switch (expander) {
    case 'least-waste':
      return waste;
    case 'most-pods':
      return -pods;
    case 'least-nodes':
      return nodes;
    case 'priority':
      return -priorityOf(groups[group]!.name, priorities);
    case 'random':
      return 0;
  }
}

/** The highest priority with an expression that matches somewhere in the name; groups without any come last (expander/priority). */
function priorityOf(name: string, priorities: ClusterAutoscalerOptions['priorities']): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const [priority, expressions] of Object.entries(priorities))
    if (expressions.some((expression) => new RegExp(expression).test(name)))
      highest = Math.max(highest, Number(priority));
  return highest;
}
