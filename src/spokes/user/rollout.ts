import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { PodTemplate } from '../../api/pod.js';
import type { Deployment } from '../../api/workload.js';
import { changed } from './metadata-change.js';

export const ROLLOUT_VERBS = ['undo', 'pause', 'resume', 'restart'] as const;
export type RolloutVerb = (typeof ROLLOUT_VERBS)[number];

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/** `kubectl rollout pause` and `resume` of a Deployment. */
export class RolloutPause implements Patch {
  private readonly paused: boolean;

  constructor(paused: boolean) {
    this.paused = paused;
  }

  apply(current: ApiObject): ApiObject {
    const { paused } = this;
    const deployment = current as Deployment;
    if (deployment.spec.paused === paused) return deployment;
    return deployment.withSpec({ ...deployment.spec, paused });
  }
}

/** `kubectl rollout restart`: another annotation of the template makes all pods anew. */
export class RolloutRestart implements Patch {
  private readonly restartedAt: string;

  constructor(restartedAt: string) {
    this.restartedAt = restartedAt;
  }

  apply(current: ApiObject): ApiObject {
    const spec = current.spec as { readonly template: PodTemplate };
    const annotations = changed(spec.template.annotations, { [RESTARTED_AT]: this.restartedAt });
    return current.withSpec({ ...spec, template: { ...spec.template, annotations } });
  }
}
