import { DEPLOYMENT, POD, REPLICA_SET, STATEFUL_SET } from '../../api/kind.js';
import { ObjectMeta } from '../../api/meta.js';
import { type ApiObject, draft } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import { PENDING, type Pod, PodSpec, type PodTemplate } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Process } from '../../client/process.js';
import { type Task, TaskRunner } from '../../client/task.js';

interface WorkloadSpec {
  readonly replicas: number;
  readonly template: PodTemplate;
}

/** Kinds that a recipe knows how to make pods of. */
const MADE = [DEPLOYMENT, REPLICA_SET, STATEFUL_SET];

/**
 * Imperative control, the contrast to all controllers and the scheduler: for each workload that is ordered it makes the
 * pods one by one, puts each on the next machine of its inventory, reports that it is done, and never looks again.
 */
export class Recipe {
  private readonly client: ApiClient;
  private readonly runner: TaskRunner;
  /** The machines as they were when the recipe was written. */
  private readonly inventory: readonly string[];
  private placed: number;

  constructor(process: Process, client: ApiClient, inventory: readonly string[]) {
    this.client = client;
    this.runner = new TaskRunner(process);
    this.inventory = inventory;
    this.placed = 0;
  }

  /** Carries out an order: its objects in turn, step by step. */
  follow(objects: readonly ApiObject[]): void {
    this.runner.start(this.steps(objects));
  }

  private *steps(objects: readonly ApiObject[]): Task {
    for (const object of objects) {
      if (object.kind === POD) yield* this.place(object as Pod);
      if (MADE.includes(object.kind)) yield* this.make(object);
    }
  }

  private *make(workload: ApiObject): Task {
    const { namespace, name } = workload.metadata;
    const { replicas, template } = workload.spec as WorkloadSpec;
    const { labels, annotations, shape } = template;
    for (let index = 0; index < replicas; index++) {
      const metadata = ObjectMeta.of({ namespace, name: `${name}-${index}`, labels, annotations });
      const pod = draft(POD, metadata, new PodSpec(shape, ''), PENDING);
      yield this.client.create(pod);
      yield* this.place(pod);
    }
    yield this.client.patchNamed(workload.kind, namespace, name, reportOf(replicas), 'status');
  }

  private *place(pod: Pod): Task {
    const node = this.inventory[this.placed++ % this.inventory.length];
    if (node !== undefined) yield this.client.bind(pod, node);
  }
}

/** What a script says when it has come to its end: that all is done. */
function reportOf(replicas: number): Patch {
  return {
    apply: (current) => {
      const { status, metadata } = current;
      const done = { replicas, readyReplicas: replicas, availableReplicas: replicas, updatedReplicas: replicas };
      return current.withStatus({ ...(status as object), ...done, observedGeneration: metadata.generation });
    },
  };
}
