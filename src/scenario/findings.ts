import { POD } from '../api/kind.js';
import type { Pod } from '../api/pod.js';
import type { Store } from '../hub/store.js';
import type { Measurements } from '../measure/measurements.js';

/** What is not as desired when a run ends. */
export interface Unfinished {
  /** A sentence each, what concerns most pods first. */
  readonly findings: readonly string[];
  /** Pods that the scheduler found no node for. */
  readonly unschedulable: number;
}

/** Looks through the store for what is not as desired, and says why. */
export function findUnfinished(store: Store, measurements: Measurements): Unfinished {
  const countByReason = new Map<string, number>();
  let unschedulable = 0;
  for (const object of store.table(POD).values()) {
    const { spec, status, metadata } = object as Pod;
    if (spec.nodeName !== '' || status.unschedulable === '' || metadata.deleting) continue;
    unschedulable++;
    countByReason.set(status.unschedulable, (countByReason.get(status.unschedulable) ?? 0) + 1);
  }
  const reasons = [...countByReason].sort((a, b) => b[1] - a[1]);
  const findings = reasons.map(([reason, count]) => `${count} pod${count === 1 ? '' : 's'} unschedulable: ${reason}`);
  return { findings: [...measurements.refusals, ...findings, ...unconverged(measurements)], unschedulable };
}

function unconverged(measurements: Measurements): string[] {
  const findings: string[] = [];
  for (const { object, state, gone } of measurements.workloads.all()) {
    if (gone || state.converged || object.kind === POD) continue;
    const { namespace, name } = object.metadata;
    const workload = `${object.kind.name} ${namespace}/${name}`;
    findings.push(
      object.metadata.deleting
        ? `${workload} is being deleted`
        : object.kind.asDesired !== undefined
          ? `${workload} is not as desired`
          : `${workload}: ${state.available} of ${state.desired} replicas available`,
    );
  }
  return findings;
}
