import type { Deployment, ReplicaSet } from '../../../api/workload.js';
import { proportion } from './proportion.js';
import { activeReplicaSets, byCreation, bySizeThenNewer, bySizeThenOlder } from './replica-set-order.js';
import { specifiedReplicas } from './replica-sum.js';
import { maxSurge } from './rollout-bounds.js';
import { type Scaling, scaling } from './scaling.js';
import { isSaturated } from './status.js';

/**
 * What a resize of the Deployment, or a pause, does to its ReplicaSets (sync.go scale). A single active one takes the
 * whole size, or the newest if none is active; with several, in the middle of a rolling update, each keeps its share,
 * so that resizing does not hasten a rollout that may be bad.
 */
export function scaleProportionally(
  deployment: Deployment,
  newReplicaSet: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): readonly Scaling[] {
  const { spec } = deployment;
  const all = newestFirst(old);
  if (newReplicaSet !== undefined) all.push(newReplicaSet);
  const active = activeReplicaSets(all);
  const only = active.length > 1 ? undefined : (active[0] ?? newReplicaSet ?? all[0]);
  if (only !== undefined) return present([scaling(only, spec.replicas, spec)]);
  if (newReplicaSet !== undefined && isSaturated(spec, newReplicaSet))
    return present(active.map((each) => (each === newReplicaSet ? undefined : scaling(each, 0, spec))));
  if (spec.strategy !== 'RollingUpdate') return [];
  return present(sizes(deployment, active).map(([each, size]) => scaling(each, size, spec, true)));
}

/** The new size of every active ReplicaSet, in the order of writing; rounding errors go to the largest. */
function sizes(deployment: Deployment, active: readonly ReplicaSet[]): [ReplicaSet, number][] {
  const { spec } = deployment;
  const allowed = spec.replicas > 0 ? spec.replicas + maxSurge(spec) : 0;
  const toAdd = allowed - specifiedReplicas(active);
  const ordered = [...active];
  if (toAdd > 0) ordered.sort(bySizeThenNewer);
  if (toAdd < 0) ordered.sort(bySizeThenOlder);
  let added = 0;
  const sizes = ordered.map((each): [ReplicaSet, number] => {
    const share = proportion(each, deployment, toAdd, added);
    added += share;
    return [each, each.spec.replicas + share];
  });
  const largest = sizes[0];
  if (largest !== undefined && toAdd !== 0) largest[1] = Math.max(0, largest[1] + toAdd - added);
  return sizes;
}

function newestFirst(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
  return [...replicaSets].sort((a, b) => byCreation(b, a));
}

function present(scalings: readonly (Scaling | undefined)[]): readonly Scaling[] {
  return scalings.filter((each) => each !== undefined);
}
