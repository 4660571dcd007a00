import type { Pod } from '../../api/pod.js';
import type { EventType } from '../../client/event-outbox.js';
import { BACKING_OFF, STARTED, UNPULLED } from './container-rows.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import type { PodTable } from './pod-table.js';

/** What kubelets tell of pods and their containers, in the words of the original (pkg/kubelet/events, images, kuberuntime, prober). */
export class PodEvents {
  private readonly parts: SyncLoopParts;
  private readonly table: PodTable;
  /** What is told of each image: pods share it. */
  private readonly sayings: Map<string, string>;

  constructor(parts: SyncLoopParts, table: PodTable) {
    this.parts = parts;
    this.table = table;
    this.sayings = new Map();
  }

  private podOf(row: number): Pod | undefined {
    return this.parts.pods.cache.byId(this.table.pods.podId[row]!);
  }

  private ofPod(row: number, type: EventType, reason: string, message: string): void {
    this.parts.events.ofPod(this.table.pods.node[row]!, this.podOf(row), type, reason, message);
  }

  private of(container: number, type: EventType, reason: string, message: string): void {
    this.ofPod(this.table.containers.pod[container]!, type, reason, message);
  }

  private quoted(container: number): string {
    return JSON.stringify(this.table.containerPlan(container).image);
  }

  present(container: number): void {
    const { image } = this.table.containerPlan(container);
    let saying = this.sayings.get(image);
    if (saying === undefined) {
      saying = `Container image ${JSON.stringify(image)} already present on machine and can be accessed by the pod`;
      this.sayings.set(image, saying);
    }
    this.of(container, 'Normal', 'Pulled', saying);
  }

  pulling(container: number): void {
    const { image, pullPolicy } = this.table.containerPlan(container);
    if (pullPolicy !== 'Never') {
      this.of(container, 'Normal', 'Pulling', `Pulling image ${JSON.stringify(image)}`);
      return;
    }
    const message = `Container image ${JSON.stringify(image)} is not present with pull policy of Never`;
    this.of(container, 'Warning', 'ErrImageNeverPull', message);
  }

  pulled(container: number, ok: boolean): void {
    const image = this.quoted(container);
    if (ok) {
      this.of(container, 'Normal', 'Pulled', `Successfully pulled image ${image}`);
      return;
    }
    const never = this.table.containerPlan(container).pullPolicy === 'Never';
    if (!never) this.of(container, 'Warning', 'Failed', `Failed to pull image ${image}`);
    this.of(container, 'Warning', 'Failed', `Error: ${never ? 'ErrImageNeverPull' : 'ErrImagePull'}`);
  }

  /** It has been created and runs. */
  created(container: number): void {
    this.of(container, 'Normal', 'Created', 'Container created');
    this.of(container, 'Normal', 'Started', 'Container started');
  }

  killing(container: number, why = `Stopping container ${this.table.containerPlan(container).name}`): void {
    this.of(container, 'Normal', 'Killing', why);
  }

  /** A sync has found containers of a pod that have to wait before they are started or pulled again. */
  backOff(row: number): void {
    const { containers, pods } = this.table;
    for (let container = pods.firstContainer[row]!; container < this.table.endOf(row); container++) {
      if (!containers.is(container, BACKING_OFF)) continue;
      const unpulled = containers.is(container, UNPULLED);
      if (unpulled) this.pullWaits(container);
      else this.restartWaits(row, container);
    }
  }

  private pullWaits(container: number): void {
    this.of(container, 'Normal', 'BackOff', `Back-off pulling image ${this.quoted(container)}`);
    this.of(container, 'Warning', 'Failed', 'Error: ImagePullBackOff');
  }

  private restartWaits(row: number, container: number): void {
    const { name } = this.table.containerPlan(container);
    const pod = this.podOf(row)?.metadata;
    const message = `Back-off restarting failed container ${name} in pod ${pod?.name}_${pod?.namespace}`;
    this.ofPod(row, 'Warning', 'BackOff', message);
  }

  unhealthy(container: number, probe: 'Startup' | 'Readiness' | 'Liveness'): void {
    this.of(container, 'Warning', 'Unhealthy', `${probe} probe failed`);
  }

  /** A startup or liveness probe has failed too often: tells of it, and says why the container is killed. */
  probedDead(container: number): string {
    const { name, startup } = this.table.containerPlan(container);
    const atStart = startup !== undefined && !this.table.containers.is(container, STARTED);
    this.unhealthy(container, atStart ? 'Startup' : 'Liveness');
    return `Container ${name} failed ${atStart ? 'startup' : 'liveness'} probe, will be restarted`;
  }
}
