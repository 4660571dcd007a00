import { POD } from '../api/kind.js';
import type { Pod } from '../api/pod.js';
import type { Backend } from '../hub/etcd/backend.js';
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
  const full = [...fullness('etcd', store.backend), ...fullness('etcd-events', store.eventsBackend)];
  return { findings: [...full, ...measurements.refusals, ...findings, ...unconverged(measurements)], unschedulable };
}

/** What to do about an etcd without space (etcd.io/docs/v3.6/op-guide/maintenance, "Space quota"). */
function fullness(name: string, backend: Backend | undefined): string[] {
  if (backend?.full !== true) return [];
  const { fileBytes, quotaBytes } = backend;
  const state = `${name} is full (NOSPACE): its file has ${fileBytes} bytes of ${quotaBytes}, and all writes but deletions are refused`;
  const remedy =
    'delete what nobody needs, then compact, defragment every member and disarm the alarm (fault: defragment), or raise etcd.quotaBackendBytes';
  return [`${state}; ${remedy}`];
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
