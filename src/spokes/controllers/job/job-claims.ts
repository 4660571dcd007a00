import type { Job } from '../../../api/job.js';
import { JOB } from '../../../api/kind.js';
import { matches } from '../../../api/label-selector.js';
import { controllerOf } from '../../../api/meta.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import { ControllerRefManager } from '../../../client/controller-ref-manager.js';
import type { Informer } from '../../../client/informer.js';
import type { Wait } from '../../../client/task.js';
import { TRACKING_FINALIZER } from './job-pod.js';

/** Label of a Job's pods with the Job's own identity. */
const CONTROLLER_UID = 'batch.kubernetes.io/controller-uid';

/** Keeps the pods of Jobs in line with their selectors (job_controller.go getPodsForJob). */
export class JobClaims {
  private readonly refs: ControllerRefManager<Job, Pod>;
  private readonly pods: Informer<Pod>;

  /** `wake` is told whose selector matches an orphan. */
  constructor(client: ApiClient, jobs: Informer<Job>, pods: Informer<Pod>, wake: (job: Job) => void) {
    this.pods = pods;
    this.refs = new ControllerRefManager(client, jobs, pods, wake, {
      matches: selects,
      finalizers: [TRACKING_FINALIZER],
    });
  }

  /** A pod has come or changed: if it is an orphan now, a Job may adopt it. */
  noticed(previous: Pod | undefined, pod: Pod): void {
    this.refs.noticed(previous, pod);
  }

  /** The pods that are the Job's, after it has adopted and released what it had to; undefined after an error. */
  *claim(job: Job): Generator<Wait, readonly Pod[] | undefined, void> {
    const owned = this.pods.cache.ownedBy(JOB.id, job.id).values();
    if (!this.refs.hasOrphans(job) && owned.every((pod) => selects(job, pod))) return owned;
    const { objects, error } = yield* this.refs.claim(job, owned);
    return error === '' ? objects.map(adopted) : undefined;
  }
}

/** Without `manualSelector` the API server adds the Job's identity to its selector (batch/job generateSelector). */
function selects({ id, spec, extra }: Job, { metadata: { labels } }: Pod): boolean {
  const { manualSelector } = (extra?.spec ?? {}) as { readonly manualSelector?: boolean };
  return (manualSelector === true || labels[CONTROLLER_UID] === `${id}`) && matches(spec.selector, labels);
}

/** What has just been adopted, as it is by now but for the cache. */
function adopted(pod: Pod): Pod {
  if (controllerOf(pod.metadata) !== undefined) return pod;
  const finalizers = [...pod.metadata.finalizers, TRACKING_FINALIZER];
  return pod.withMetadata(pod.metadata.with({ finalizers }));
}
