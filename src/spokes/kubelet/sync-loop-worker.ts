import type { AnswerTaker, Call } from '../../api/call.js';
import type { Pod, PodPhase } from '../../api/pod.js';
import type { EventKind } from '../../engine/index.js';
import { exitCodeOf, exitPlanOf } from './exit-plan.js';
import { type KubeletParts, podHere } from './kubelet-parts.js';
import { Pleg } from './pleg.js';
import { PodStatusPatch } from './pod-status-patch.js';
import type { PodWorker } from './pod-worker.js';

/**
 * A kubelet with the parts that shape its timing (pkg/kubelet): the pod worker reports the pod as taken and starts its
 * containers for `podStart`; the next relist of the PLEG, up to a second later, sees them run and the status manager
 * patches Running. A pod being deleted is stopped for `podStop`, at most its grace; the relist after that sees it
 * ended, its last status is patched, and then it is deleted for good.
 */
export class SyncLoopWorker implements PodWorker, AnswerTaker {
  private readonly parts: KubeletParts;
  private readonly pleg: Pleg;
  private readonly startedKind: EventKind;
  private readonly runningSeenKind: EventKind;
  private readonly endedKind: EventKind;
  private readonly endSeenKind: EventKind;

  constructor(parts: KubeletParts) {
    const { engine, stream } = parts;
    this.parts = parts;
    this.pleg = new Pleg(stream);
    this.startedKind = engine.register('kubelet: containers started', (id) => this.started(id), 'timer');
    this.runningSeenKind = engine.register('kubelet: PLEG sees pod run', (id) => this.runningSeen(id), 'timer');
    this.endedKind = engine.register('kubelet: containers ended', (id) => this.ended(id), 'timer');
    this.endSeenKind = engine.register('kubelet: PLEG sees pod ended', (id) => this.endSeen(id), 'timer');
  }

  start(pod: Pod): void {
    const { engine, podStart, stream } = this.parts;
    this.report(pod, pod.status.phase, false);
    engine.schedule(podStart.sample(stream), this.startedKind, pod.id);
  }

  stop(pod: Pod): void {
    const { engine, podStop, stream } = this.parts;
    const graceNs = pod.metadata.deletionGracePeriodSeconds * 1e9;
    engine.schedule(Math.min(podStop.sample(stream), graceNs), this.endedKind, pod.id);
  }

  private started(id: number): void {
    const pod = podHere(this.parts, id);
    if (pod === undefined || pod.metadata.deleting) return;
    const { engine, probe } = this.parts;
    probe.containersStarted(id, engine.nowNs);
    this.atRelist(pod, this.runningSeenKind);
    const plan = exitPlanOf(pod);
    if (plan !== undefined) engine.schedule(plan.afterNs, this.endedKind, id);
  }

  private runningSeen(id: number): void {
    const pod = podHere(this.parts, id);
    if (pod !== undefined && !pod.metadata.deleting) this.report(pod, 'Running', true);
  }

  private ended(id: number): void {
    const pod = podHere(this.parts, id);
    if (pod !== undefined) this.atRelist(pod, this.endSeenKind);
  }

  /** The containers have ended: reports it, and deletes the pod once that is accepted if it was to go. */
  private endSeen(id: number): void {
    const pod = podHere(this.parts, id);
    if (pod === undefined) return;
    const code = exitCodeOf(pod);
    const call = this.report(pod, code === 0 ? 'Succeeded' : 'Failed', false, code);
    if (pod.metadata.deleting) call.answerTo = this;
  }

  answered(call: Call): void {
    const pod = call.object;
    if (call.ok && pod !== undefined) this.parts.client.delete(pod, { gracePeriodSeconds: 0, id: pod.id });
  }

  private report(pod: Pod, phase: PodPhase, ready: boolean, exitCode?: number): Call {
    const { client, engine } = this.parts;
    return client.patch(pod, new PodStatusPatch(phase, ready, engine.nowNs, engine.nowNs, exitCode), 'status');
  }

  private atRelist(pod: Pod, kind: EventKind): void {
    const { engine, fleet } = this.parts;
    engine.schedule(this.pleg.untilRelistNs(fleet.hostOf(pod), engine.nowNs), kind, pod.id);
  }
}
