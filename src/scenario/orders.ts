import { DEPLOYMENT, POD, REPLICA_SET, STATEFUL_SET } from '../api/kind.js';
import { compileSelector, type LabelSelector } from '../api/label-selector.js';
import { controllerOf } from '../api/meta.js';
import type { Pod } from '../api/pod.js';
import type { Cluster } from '../cluster/cluster.js';
import type { OrderSummary } from '../measure/summary.js';

/** What each workload ordered, and the pods of it that really run: on machines that are up, whatever any status says. */
export function ordersOf(cluster: Cluster): readonly OrderSummary[] {
  const { store } = cluster.hub;
  const running = [...store.table(POD).values()].filter((object) => cluster.machines.runs(object as Pod)) as Pod[];
  return [DEPLOYMENT, REPLICA_SET, STATEFUL_SET]
    .flatMap((kind) => [...store.table(kind).values()])
    .filter(({ metadata }) => controllerOf(metadata) === undefined)
    .map(({ kind, metadata: { namespace, name }, spec }) => {
      const { replicas, selector } = spec as { readonly replicas: number; readonly selector: LabelSelector };
      const selects = compileSelector(selector);
      const own = running.filter(
        ({ metadata }) => metadata.namespace === namespace && selects.matches(metadata.labels),
      );
      return { kind: kind.name, namespace, name, wanted: replicas, running: own.length };
    });
}
