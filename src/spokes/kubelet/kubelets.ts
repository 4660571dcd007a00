import type { AnswerTaker, Call } from '../../api/call.js';
import type { Pod } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Informer, InformerHandler } from '../../client/informer.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';
import { exitPlanOf } from './exit-plan.js';
import type { KubeletProbe } from './kubelet-probe.js';
import type { NodeFleet } from './node-fleet.js';
import { Pleg } from './pleg.js';
import { PodStages } from './pod-stages.js';
import { PodStatusPatch } from './pod-status-patch.js';

/**
 * The kubelets of all nodes with the parts that shape their timing (pkg/kubelet): the pod worker reports the pod as
 * taken and starts its containers for `podStart`; the next relist of the PLEG, up to a second later, sees them run
 * and the status manager patches Running. A pod being deleted is stopped for `podStop`, at most its grace; the
 * relist after that sees it ended, its last status is patched, and then it is deleted for good.
 */
export class Kubelets implements InformerHandler<Pod>, AnswerTaker {
  private readonly engine: Engine;
  private readonly client: ApiClient;
  private readonly pods: Informer<Pod>;
  private readonly fleet: NodeFleet;
  private readonly podStart: Distribution;
  private readonly podStop: Distribution;
  private readonly stream: Stream;
  private readonly probe: KubeletProbe;
  private readonly pleg: Pleg;
  private readonly stages: PodStages;
  private readonly startedKind: EventKind;
  private readonly runningSeenKind: EventKind;
  private readonly stoppedKind: EventKind;
  private readonly endSeenKind: EventKind;
  private readonly exitedKind: EventKind;

  constructor(
    engine: Engine,
    client: ApiClient,
    pods: Informer<Pod>,
    fleet: NodeFleet,
    times: { readonly podStart: Distribution; readonly podStop: Distribution },
    stream: Stream,
    probe: KubeletProbe,
  ) {
    this.engine = engine;
    this.client = client;
    this.pods = pods;
    this.fleet = fleet;
    this.podStart = times.podStart;
    this.podStop = times.podStop;
    this.stream = stream;
    this.probe = probe;
    this.pleg = new Pleg(stream);
    this.stages = new PodStages();
    this.startedKind = engine.register('kubelet: containers started', (id) => this.started(id), 'timer');
    this.runningSeenKind = engine.register('kubelet: PLEG sees pod run', (id) => this.runningSeen(id), 'timer');
    this.stoppedKind = engine.register('kubelet: containers stopped', (id) => this.stopped(id), 'timer');
    this.endSeenKind = engine.register('kubelet: PLEG sees pod ended', (id) => this.endSeen(id), 'timer');
    this.exitedKind = engine.register('kubelet: containers exited', (id) => this.exited(id), 'timer');
    pods.addHandler(this);
  }

  added(pod: Pod): void {
    this.sync(pod);
  }

  updated(_previous: Pod, pod: Pod): void {
    this.sync(pod);
  }

  deleted(pod: Pod): void {
    this.stages.forget(pod.id);
  }

  /** A node is back: its kubelet takes up every pod it finds assigned to it. */
  nodeRestarted(node: number): void {
    const name = this.fleet.names[node]!;
    for (const pod of this.pods.cache.values()) {
      if (pod.spec.nodeName !== name) continue;
      this.stages.forget(pod.id);
      this.sync(pod);
    }
  }

  private sync(pod: Pod): void {
    if (this.nodeOf(pod) < 0) return;
    if (pod.metadata.deleting) this.stop(pod);
    else if (pod.status.phase === 'Pending' || (pod.status.phase === 'Running' && !pod.status.ready)) this.start(pod);
  }

  private start(pod: Pod): void {
    if (!this.stages.advance(pod.id, 'starting')) return;
    this.report(pod, pod.status.phase, false);
    this.engine.schedule(this.podStart.sample(this.stream), this.startedKind, pod.id);
  }

  private started(id: number): void {
    const pod = this.pods.cache.byId(id);
    if (pod === undefined || pod.metadata.deleting) return;
    this.probe.containersStarted(id, this.engine.nowNs);
    this.atRelist(pod, this.runningSeenKind);
    const plan = exitPlanOf(pod);
    if (plan !== undefined) this.engine.schedule(plan.afterNs, this.exitedKind, id);
  }

  private runningSeen(id: number): void {
    const pod = this.pods.cache.byId(id);
    if (pod !== undefined && !pod.metadata.deleting && this.nodeOf(pod) >= 0) this.report(pod, 'Running', true);
  }

  private exited(id: number): void {
    const pod = this.pods.cache.byId(id);
    if (pod !== undefined) this.atRelist(pod, this.endSeenKind);
  }

  private stop(pod: Pod): void {
    if (!this.stages.advance(pod.id, 'stopping')) return;
    const graceNs = pod.metadata.deletionGracePeriodSeconds * 1e9;
    this.engine.schedule(Math.min(this.podStop.sample(this.stream), graceNs), this.stoppedKind, pod.id);
  }

  private stopped(id: number): void {
    const pod = this.pods.cache.byId(id);
    if (pod !== undefined) this.atRelist(pod, this.endSeenKind);
  }

  /** The containers have ended: report it, and delete the pod once that is accepted if it was to go. */
  private endSeen(id: number): void {
    const pod = this.pods.cache.byId(id);
    if (pod === undefined || this.nodeOf(pod) < 0) return;
    const failed = (exitPlanOf(pod)?.code ?? 0) !== 0;
    const call = this.report(pod, failed ? 'Failed' : 'Succeeded', false);
    if (pod.metadata.deleting) call.answerTo = this;
  }

  answered(call: Call): void {
    const pod = call.object;
    if (call.ok && pod !== undefined) this.client.delete(pod, { gracePeriodSeconds: 0, id: pod.id });
  }

  private report(pod: Pod, phase: Pod['status']['phase'], ready: boolean): Call {
    const nowNs = this.engine.nowNs;
    return this.client.patch(pod, new PodStatusPatch(phase, ready, nowNs, nowNs), 'status');
  }

  private atRelist(pod: Pod, kind: EventKind): void {
    const node = this.nodeOf(pod);
    if (node >= 0) this.engine.schedule(this.pleg.untilRelistNs(node, this.engine.nowNs), kind, pod.id);
  }

  /** The node a pod is on, -1 if it is not up. */
  private nodeOf(pod: Pod): number {
    const node = this.fleet.indexOf(pod.spec.nodeName);
    return node >= 0 && this.fleet.isUp(node) ? node : -1;
  }
}
