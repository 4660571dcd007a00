import type { AnswerTaker, Call } from '../../api/call.js';
import type { Pod } from '../../api/pod.js';
import type { EventKind } from '../../engine/index.js';
import { exitAfterOf, exitCodeOf } from './exit-plan.js';
import { type KubeletParts, podHere } from './kubelet-parts.js';
import { PodStatusPatch } from './pod-status-patch.js';
import type { PodWorker } from './pod-worker.js';

/**
 * The quick model, as KWOK plays it: a pod seen bound is patched Running and Ready after `podStart`, a pod seen
 * terminating is deleted for good after `podStop`, and a pod with an exit annotation ends that long after its
 * Running was accepted.
 */
export class HollowWorker implements PodWorker, AnswerTaker {
  private readonly parts: KubeletParts;
  private readonly startedKind: EventKind;
  private readonly stoppedKind: EventKind;
  private readonly exitedKind: EventKind;

  constructor(parts: KubeletParts) {
    const { engine } = parts;
    this.parts = parts;
    this.startedKind = engine.register('kubelet: pod started', (id) => this.started(id), 'timer');
    this.stoppedKind = engine.register('kubelet: pod stopped', (id) => this.stopped(id), 'timer');
    this.exitedKind = engine.register('kubelet: pod exited', (id) => this.exited(id), 'timer');
  }

  start(pod: Pod): void {
    const { engine, podStart, stream, fleet } = this.parts;
    engine.schedule(fleet.slowedFor(pod, podStart.sample(stream)), this.startedKind, pod.id);
  }

  stop(pod: Pod): void {
    const { engine, podStop, stream, fleet } = this.parts;
    engine.schedule(fleet.slowedFor(pod, podStop.sample(stream)), this.stoppedKind, pod.id);
  }

  private started(id: number): void {
    const pod = podHere(this.parts, id);
    if (pod === undefined || pod.metadata.deleting) return;
    const { engine, probe, fleet } = this.parts;
    probe.containersStarted(id, engine.nowNs);
    const stampNs = fleet.podStampNs(pod, engine.nowNs);
    this.report(pod, new PodStatusPatch('Running', true, stampNs, stampNs)).answerTo = this;
  }

  answered(call: Call): void {
    if (!call.ok || call.object === undefined) return;
    const after = exitAfterOf(call.object as Pod);
    const { engine, stream } = this.parts;
    if (after !== undefined) engine.schedule(after.sample(stream), this.exitedKind, call.object.id);
  }

  private exited(id: number): void {
    const pod = podHere(this.parts, id);
    if (pod !== undefined) this.reportEnd(pod);
  }

  private reportEnd(pod: Pod): void {
    const { engine, fleet } = this.parts;
    const code = exitCodeOf(pod);
    const phase = code === 0 ? 'Succeeded' : 'Failed';
    const stampNs = fleet.podStampNs(pod, engine.nowNs);
    this.report(pod, new PodStatusPatch(phase, false, stampNs, stampNs, code));
  }

  private report(pod: Pod, patch: PodStatusPatch): Call {
    const { client, fleet } = this.parts;
    return client.patch(pod, patch, 'status', fleet.indexOf(pod.spec.nodeName));
  }

  private stopped(id: number): void {
    const pod = podHere(this.parts, id);
    if (pod === undefined) return;
    // Somebody still wants to see how it ended; of all others nobody would hear before they are gone.
    if (pod.metadata.finalizers.length > 0) this.reportEnd(pod);
    const { client, fleet } = this.parts;
    client.delete(pod, { gracePeriodSeconds: 0, id }, fleet.indexOf(pod.spec.nodeName));
  }
}
