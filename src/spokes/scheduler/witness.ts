import type { NodeRejection, SchedulingAttempt } from '../../api/scheduling-attempt.js';
import type { Decision } from './decision.js';
import { eventLabel } from './event-label.js';
import type { NodeTable } from './node-table.js';
import type { PendingPod } from './plugin.js';
import type { Profile } from './profile.js';
import type { QueuedPod } from './queue/queued-pod.js';
import type { MoveCause } from './queue/scheduling-queue.js';
import type { Rejection } from './rejection.js';
import type { SchedulerProbe } from './scheduler-probe.js';
import { ScoreSheet } from './score-sheet.js';
import type { Search } from './search.js';

/** Nodes whose scores are told. */
const BEST_NODES = 5;

/** Tells a probe in full what the scheduler does; a scheduler has one only where somebody listens. */
export class Witness {
  readonly probe: SchedulerProbe;
  private readonly clock: { readonly nowNs: number };
  private readonly table: NodeTable;
  private sheet: ScoreSheet | undefined;

  constructor(probe: SchedulerProbe, clock: { readonly nowNs: number }, table: NodeTable) {
    this.probe = probe;
    this.clock = clock;
    this.table = table;
    this.sheet = undefined;
  }

  /** A pod came into the pool of the queue where it is now. */
  moved({ pod, pool, gatedBy }: QueuedPod, cause: MoveCause): void {
    const text = typeof cause === 'string' ? cause : eventLabel(cause.event, cause.change);
    this.probe.queued(pod, gatedBy === '' ? pool : 'gated', text, this.clock.nowNs);
  }

  /** A search is about to score nodes. */
  scoring(profile: Profile, pod: PendingPod, feasible: Int32Array, count: number): void {
    this.sheet = new ScoreSheet(profile, pod, feasible, count);
  }

  /** A search came to its end; `search` must not have gone on since. */
  decided({ attempts }: QueuedPod, pending: PendingPod, decision: Decision, search: Search): void {
    const nameOf = (node: number): string => this.table.names[node]!;
    const { node, feasible } = decision;
    const attempt: SchedulingAttempt = {
      pod: pending.pod,
      number: attempts,
      nodes: this.table.size,
      feasible,
      node: node < 0 ? '' : nameOf(node),
      rejections: this.rejections(pending, decision, search),
      scores: this.sheet?.best(BEST_NODES, node, nameOf) ?? [],
    };
    this.sheet = undefined;
    this.probe.attempted(attempt, this.clock.nowNs);
  }

  private rejections(pending: PendingPod, { diagnosis }: Decision, search: Search): readonly NodeRejection[] {
    const counts = new Map<string, NodeRejection>();
    const count = (plugin: string, reasons: readonly string[], by: number): void => {
      for (const reason of reasons) {
        const key = `${plugin} ${reason}`;
        counts.set(key, { plugin, reason, nodes: (counts.get(key)?.nodes ?? 0) + by });
      }
    };
    if (diagnosis === undefined) {
      for (const { plugin, reasons } of search.verdicts.rejections(pending).values()) count(plugin, reasons, 1);
    } else {
      const { beforehand, nodes, excluded, excludedBy, totalNodes } = diagnosis;
      if (beforehand !== undefined) count(beforehand.plugin, beforehand.reasons, totalNodes);
      for (const [{ plugin, reasons }, met] of nodes as ReadonlyMap<Rejection, number>) count(plugin, reasons, met);
      if (excluded > 0) count(excludedBy.join(' '), ["node(s) didn't satisfy plugin(s)"], excluded);
    }
    return [...counts.values()].sort((a, b) => b.nodes - a.nodes);
  }
}
