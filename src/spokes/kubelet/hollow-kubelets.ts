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
import { PodStages } from './pod-stages.js';
import { PodStatusPatch } from './pod-status-patch.js';

/**
 * The kubelets of all nodes in the quick model, as KWOK plays them: a pod seen bound is patched Running and Ready
 * after `podStart`, a pod seen terminating is deleted for good after `podStop`, and a pod with an exit annotation
 * ends that long after its Running was accepted.
 */
export class HollowKubelets implements InformerHandler<Pod>, AnswerTaker {
  private readonly engine: Engine;
  private readonly client: ApiClient;
  private readonly pods: Informer<Pod>;
  private readonly fleet: NodeFleet;
  private readonly podStart: Distribution;
  private readonly podStop: Distribution;
  private readonly stream: Stream;
  private readonly probe: KubeletProbe;
  private readonly stages: PodStages;
  private readonly startedKind: EventKind;
  private readonly stoppedKind: EventKind;
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
    this.stages = new PodStages();
    this.startedKind = engine.register('kubelet: pod started', (id) => this.started(id), 'timer');
    this.stoppedKind = engine.register('kubelet: pod stopped', (id) => this.stopped(id), 'timer');
    this.exitedKind = engine.register('kubelet: pod exited', (id) => this.exited(id), 'timer');
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
    if (!this.isHere(pod)) return;
    if (pod.metadata.deleting) {
      if (this.stages.advance(pod.id, 'stopping')) {
        this.engine.schedule(this.podStop.sample(this.stream), this.stoppedKind, pod.id);
      }
    } else if (pod.status.phase === 'Pending' || (pod.status.phase === 'Running' && !pod.status.ready)) {
      if (this.stages.advance(pod.id, 'starting')) {
        this.engine.schedule(this.podStart.sample(this.stream), this.startedKind, pod.id);
      }
    }
  }

  private started(id: number): void {
    const pod = this.pods.cache.byId(id);
    if (pod === undefined || pod.metadata.deleting || !this.isHere(pod)) return;
    const nowNs = this.engine.nowNs;
    this.probe.containersStarted(id, nowNs);
    const call = this.client.patch(pod, new PodStatusPatch('Running', true, nowNs, nowNs), 'status');
    call.answerTo = this;
  }

  answered(call: Call): void {
    if (!call.ok || call.object === undefined) return;
    const plan = exitPlanOf(call.object as Pod);
    if (plan !== undefined) this.engine.schedule(plan.afterNs, this.exitedKind, call.object.id);
  }

  private exited(id: number): void {
    const pod = this.pods.cache.byId(id);
    if (pod === undefined || !this.isHere(pod)) return;
    const failed = (exitPlanOf(pod)?.code ?? 0) !== 0;
    const nowNs = this.engine.nowNs;
    this.client.patch(pod, new PodStatusPatch(failed ? 'Failed' : 'Succeeded', false, nowNs, nowNs), 'status');
  }

  private stopped(id: number): void {
    const pod = this.pods.cache.byId(id);
    if (pod === undefined || !this.isHere(pod)) return;
    this.client.delete(pod, { gracePeriodSeconds: 0, id });
  }

  private isHere(pod: Pod): boolean {
    const node = this.fleet.indexOf(pod.spec.nodeName);
    return node >= 0 && this.fleet.isUp(node);
  }
}
