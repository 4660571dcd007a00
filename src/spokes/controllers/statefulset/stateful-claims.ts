import type { JsonObject } from '../../../api/json.js';
import { PERSISTENT_VOLUME_CLAIM } from '../../../api/kind.js';
import { ObjectMeta } from '../../../api/meta.js';
import { type ApiObject, draft } from '../../../api/object.js';
import type { Pod } from '../../../api/pod.js';
import type { ClaimTemplate, StatefulSet, StatefulStorage } from '../../../api/stateful-set.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import { LastWrites } from '../../../client/last-writes.js';
import type { Wait } from '../../../client/task.js';
import { claimOwners, goesWithEarlierPod } from './claim-owners.js';
import { claimName, ordinalOf, podName } from './ordinal.js';

export interface StatefulClaimsParts {
  readonly client: ApiClient;
  readonly events: EventRecorder;
  readonly claims: Informer<ApiObject>;
  /** Whether it waits until its cache shows its own last writes. */
  readonly staleCacheChecks: boolean;
}

/** A StatefulSet whose pods claim something. */
interface Claimant {
  readonly set: StatefulSet;
  readonly storage: StatefulStorage;
}

/** Makes the claims of the pods of StatefulSets, and says what they go with (stateful_pod_control.go). */
export class StatefulClaims {
  private readonly client: ApiClient;
  private readonly events: EventRecorder;
  private readonly claims: Informer<ApiObject>;
  private readonly lastWrites: LastWrites;

  constructor({ client, events, claims, staleCacheChecks }: StatefulClaimsParts) {
    this.client = client;
    this.events = events;
    this.claims = claims;
    this.lastWrites = new LastWrites(staleCacheChecks);
  }

  get synced(): boolean {
    return this.claims.synced;
  }

  /** Whether the cache shows what was written for a set. */
  seen(setId: number): boolean {
    return this.lastWrites.seen(setId, this.claims.syncedRevision, 0);
  }

  /** A set is gone. */
  forget(setId: number): void {
    this.lastWrites.forget(setId);
  }

  /** Whether a claim of the pod of an ordinal has still to go before the pod can come back. */
  holdsUp({ set, storage }: Claimant, ordinal: number): boolean {
    if (storage.whenScaled === 'Retain') return false;
    const pod = podName(set.metadata.name, ordinal);
    return storage.claims.some((template) => {
      const claim = this.claimOf(set, template, ordinal);
      return claim !== undefined && goesWithEarlierPod(claim.metadata, pod);
    });
  }

  /** Makes what an ordinal lacks, one claim after the other; what went wrong, in words, or `''`. */
  *create({ set, storage }: Claimant, ordinal: number): Generator<Wait, string, void> {
    const problems: string[] = [];
    for (const template of storage.claims) {
      const name = claimName(template, set.metadata.name, ordinal);
      const known = this.claimOf(set, template, ordinal);
      if (known?.metadata.deleting) problems.push(`pvc ${name} is being deleted`);
      if (known !== undefined) continue;
      const call = this.client.create(newClaim(set, template, name));
      yield call;
      if (call.ok) this.lastWrites.wrotePod(set.id, call.object!.revision);
      else problems.push(`failed to create PVC ${name}: ${call.error}`);
      if (call.reason !== 'AlreadyExists') this.record(set, name, ordinal, call.ok ? '' : call.error);
    }
    return problems.join(', ');
  }

  /** Gives the claims of a pod the owners that they should have; whether all went well. */
  *settle({ set, storage }: Claimant, pod: Pod): Generator<Wait, boolean, void> {
    for (const template of storage.claims) {
      const claim = this.claimOf(set, template, ordinalOf(pod));
      if (claim === undefined) continue;
      const ownerReferences = claimOwners(claim.metadata, set, storage, pod);
      if (ownerReferences === claim.metadata.ownerReferences) continue;
      const call = this.client.update(claim.withMetadata(claim.metadata.with({ ownerReferences })));
      yield call;
      if (!call.ok) return false;
      this.lastWrites.wrotePod(set.id, call.object!.revision);
    }
    return true;
  }

  private claimOf({ metadata }: StatefulSet, template: ClaimTemplate, ordinal: number): ApiObject | undefined {
    return this.claims.cache.get(metadata.namespace, claimName(template, metadata.name, ordinal));
  }

  private record(set: StatefulSet, claim: string, ordinal: number, error: string): void {
    const [type, reason, end] =
      error === ''
        ? (['Normal', 'SuccessfulCreate', 'success'] as const)
        : (['Warning', 'FailedCreate', `failed error: ${error}`] as const);
    const whose = `Pod ${podName(set.metadata.name, ordinal)} in StatefulSet ${set.metadata.name}`;
    this.events.event(set, type, reason, `create Claim ${claim} ${error === '' ? '' : 'for '}${whose} ${end}`);
  }
}

/** A claim carries the labels by which the set knows its pods (getPersistentVolumeClaims). */
function newClaim({ metadata, spec }: StatefulSet, template: ClaimTemplate, name: string): ApiObject {
  const { labels, annotations, spec: claimSpec } = template;
  const meta = ObjectMeta.of({
    namespace: metadata.namespace,
    name,
    labels: { ...labels, ...spec.selector.matchLabels },
    annotations,
  });
  return draft<JsonObject, unknown>(PERSISTENT_VOLUME_CLAIM, meta, claimSpec, { phase: 'Pending' });
}
