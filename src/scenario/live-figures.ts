import { InputError } from '../api/input-error.js';
import { NODE, POD } from '../api/kind.js';
import type { Store } from '../hub/store.js';
import type { Measurements } from '../measure/measurements.js';
import type { Shape } from '../measure/summary-shape.js';
import { Condition, type Figures } from './condition.js';
import { KnownFigures, SUMMARY_FIGURES } from './known-figures.js';
import { suggest } from './suggest.js';

/** What a condition over the live figures may ask for, and what it is; the documentation shows it. */
export const LIVE_FIGURES: Readonly<Record<string, string>> = {
  time: 'seconds since time zero',
  converged: 'whether every workload is as desired',
  'pods.total': 'pods there are',
  'pods.pending': 'pods that no node has been chosen for',
  'pods.bound': 'pods on a node, whatever they do there',
  'pods.running': 'pods that run',
  'pods.ready': 'pods that run and are ready',
  'pods.unschedulable': 'pending pods that the scheduler found no node for',
  'nodes.total': 'nodes there are',
  'nodes.ready': 'nodes whose Ready condition is True',
  'nodes.unschedulable': 'nodes that are cordoned',
  'hub.requests': 'requests answered since time zero',
  'hub.rejected': 'of those, answered 429',
  'workloads["Deployment/default/web"].desired': 'replicas wanted of a workload, by kind, namespace and name',
  'workloads["Deployment/default/web"].available': 'replicas of it that are available',
  'workloads["Deployment/default/web"].converged': 'whether it is as desired',
};

const OVER_TIME = new KnownFigures(groupsOf(Object.keys(LIVE_FIGURES)));

/** A condition over the live figures. Throws InputError when it is not CEL, or asks for a figure which there never is. */
export function readCondition(expression: string): Condition {
  const condition = new Condition(expression);
  const unknown = OVER_TIME.unknownIn(expression);
  if (unknown === undefined) return condition;
  const name = unknown.keys.join('.');
  const known = Object.keys(LIVE_FIGURES);
  if (SUMMARY_FIGURES.at(unknown.keys) === undefined)
    throw new InputError(`there is no figure ${name}`, { value: name, remedy: suggest(name, known) });
  throw new InputError(`${name} is known only when a run is over`, {
    value: name,
    remedy: `write it outside of always, eventually and within; over time there are ${known.join(', ')}`,
  });
}

/** `pods.running` is a figure of the group `pods`; what is in a table by name is not looked at. */
function groupsOf(names: readonly string[]): Readonly<Record<string, Shape>> {
  const groups: Record<string, Record<string, Shape> | null> = {};
  for (const name of names) {
    const [group, key] = name.split('.');
    if (key === undefined || group!.includes('[')) groups[group!.split('[')[0]!] = null;
    else groups[group!] = { ...groups[group!], [key]: null };
  }
  return groups;
}

/** The state of the cluster as the store has it now: what conditions in `when:`, `always` and the like are about. */
export class LiveFigures {
  private readonly store: Store;
  private readonly measurements: Measurements;
  /** What was counted at a revision. */
  private counted: { readonly revision: number; readonly counts: Figures } | undefined;

  constructor(store: Store, measurements: Measurements) {
    this.store = store;
    this.measurements = measurements;
    this.counted = undefined;
  }

  /** As of a moment since time zero. */
  at(timeNs: number): Figures {
    const { revision } = this.store;
    if (this.counted?.revision !== revision) this.counted = { revision, counts: this.count() };
    const { rate, rejected } = this.measurements.requests;
    return { ...this.counted.counts, time: timeNs / 1e9, hub: { requests: rate.count, rejected } };
  }

  private count(): Figures {
    const { store } = this;
    const { workloads, live } = this.measurements;
    const { pods, nodes } = live.at(store.revision, store.table(POD).values(), store.table(NODE).values());
    const byName = [...workloads.all()].flatMap(({ object, state, gone }) => {
      const { namespace, name } = object.metadata;
      return gone ? [] : [[`${object.kind.name}/${namespace}/${name}`, state]];
    });
    return {
      converged: workloads.unconverged === 0,
      pods: { ...pods },
      nodes: { ...nodes },
      workloads: Object.fromEntries(byName) as Figures,
    };
  }
}
