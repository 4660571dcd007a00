import type { Pod } from '../../api/pod.js';
import type { EventType } from '../../client/event-outbox.js';
import { BACKING_OFF, STARTED, UNPULLED } from './container-rows.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import type { PodTable } from './pod-table.js';

/** What is told of an image again and again: pods share it. */
interface Sayings {
  readonly present: string;
  readonly pulling: string;
  readonly pulled: string;
}

/** What kubelets tell of pods and their containers, in the words of the original (pkg/kubelet/events, images, kuberuntime, prober). */
export class PodEvents {
  private readonly parts: SyncLoopParts;
  private readonly table: PodTable;
  /** By image. */
  private readonly sayings: Map<string, Sayings>;

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

  private sayingsOf(image: string): Sayings {
    let sayings = this.sayings.get(image);
    if (sayings === undefined) {
      const quoted = JSON.stringify(image);
      sayings = {
        present: `Container image ${quoted} already present on machine and can be accessed by the pod`,
        pulling: `Pulling image ${quoted}`,
        pulled: `Successfully pulled image ${quoted}`,
      };
      this.sayings.set(image, sayings);
    }
    return sayings;
  }

  present(container: number): void {
    this.of(container, 'Normal', 'Pulled', this.sayingsOf(this.table.containerPlan(container).image).present);
  }

  pulling(container: number): void {
    const { image, pullPolicy } = this.table.containerPlan(container);
    if (pullPolicy !== 'Never') {
      this.of(container, 'Normal', 'Pulling', this.sayingsOf(image).pulling);
      return;
    }
    const message = `Container image ${JSON.stringify(image)} is not present with pull policy of Never`;
    this.of(container, 'Warning', 'ErrImageNeverPull', message);
  }

  pulled(container: number, ok: boolean): void {
    if (ok) {
      this.of(container, 'Normal', 'Pulled', this.sayingsOf(this.table.containerPlan(container).image).pulled);
      return;
    }
    const never = this.table.containerPlan(container).pullPolicy === 'Never';
    if (!never) this.of(container, 'Warning', 'Failed', `Failed to pull image ${this.quoted(container)}`);
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
