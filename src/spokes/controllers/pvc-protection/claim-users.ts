import type { ObjectMeta } from '../../../api/meta.js';
import type { Pod } from '../../../api/pod.js';
import { claimNamesOf } from '../../../api/pod-claims.js';

/** Which claims pods that are on a node have (controller/volume/common PodPVCIndex). */
export class ClaimUsers {
  /** Ids of pods by namespace and name of the claim. */
  private readonly users: Map<string, Set<number>>;

  constructor() {
    this.users = new Map();
  }

  changed({ id, spec, metadata }: Pod, deleted: boolean): void {
    if (spec.nodeName === '') return;
    for (const name of claimNamesOf(spec.shape)) {
      const key = `${metadata.namespace}/${name}`;
      const users = this.users.get(key);
      if (!deleted && users === undefined) this.users.set(key, new Set([id]));
      else if (!deleted) users!.add(id);
      else if (users?.delete(id) === true && users.size === 0) this.users.delete(key);
    }
  }

  has({ namespace, name }: ObjectMeta): boolean {
    return this.users.has(`${namespace}/${name}`);
  }
}
