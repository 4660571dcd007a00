import { POD } from '../api/kind.js';
import type { WorkloadChange, WorkloadSummary } from './summary.js';
import type { ChangeLog, WorkloadLog, WorkloadTrack } from './workload-log.js';

/** Every workload with its changes; the pods of their own stand together as one row a namespace, named `*`. */
export function summarizeWorkloads(log: WorkloadLog, timeZeroNs: number): WorkloadSummary[] {
  const workloads: WorkloadSummary[] = [];
  const barePods = new Map<string, WorkloadTrack[]>();
  for (const track of log.all()) {
    const { kind, metadata } = track.object;
    if (kind === POD) {
      const pods = barePods.get(metadata.namespace) ?? [];
      pods.push(track);
      barePods.set(metadata.namespace, pods);
    } else workloads.push(summarizeOne(track, timeZeroNs));
  }
  for (const [namespace, tracks] of barePods) workloads.push(summarizeBarePods(namespace, tracks, timeZeroNs));
  return workloads;
}

function summarizeOne(track: WorkloadTrack, timeZeroNs: number): WorkloadSummary {
  const { kind, metadata } = track.object;
  return {
    kind: kind.name,
    namespace: metadata.namespace,
    name: metadata.name,
    desired: track.gone ? 0 : track.state.desired,
    available: track.gone ? 0 : track.state.available,
    changes: track.changes.map((change) => summarizeChange(change, timeZeroNs)),
  };
}

function summarizeChange(
  { atNs, convergedNs }: Pick<ChangeLog, 'atNs' | 'convergedNs'>,
  timeZeroNs: number,
): WorkloadChange {
  const at = (atNs - timeZeroNs) / 1e9;
  if (convergedNs < 0) return { at, convergedAt: null, seconds: null };
  return { at, convergedAt: (convergedNs - timeZeroNs) / 1e9, seconds: (convergedNs - atNs) / 1e9 };
}

/** From the first pod's creation to the last pod's being up, if all are. */
function summarizeBarePods(namespace: string, tracks: WorkloadTrack[], timeZeroNs: number): WorkloadSummary {
  let firstNs = Number.POSITIVE_INFINITY;
  let lastNs = -1;
  let available = 0;
  let converged = true;
  for (const { state, changes } of tracks) {
    available += state.available;
    converged &&= state.converged;
    for (const change of changes) {
      firstNs = Math.min(firstNs, change.atNs);
      lastNs = Math.max(lastNs, change.convergedNs);
    }
  }
  const change = { atNs: firstNs, convergedNs: converged ? lastNs : -1 };
  const changes = Number.isFinite(firstNs) ? [summarizeChange(change, timeZeroNs)] : [];
  return { kind: POD.name, namespace, name: '*', desired: tracks.length, available, changes };
}
