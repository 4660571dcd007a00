import type { ApiClient } from '../client/api-client.js';
import type { EventRecorder } from '../client/event-recorder.js';

/** What a controller gets for itself: a client with a bucket of its own, and a recorder that draws from it (trap T3). */
export interface ControllerIdentity {
  readonly client: ApiClient;
  readonly events: EventRecorder;
}

export type IdentityOf = (name: string) => ControllerIdentity;

/** The user that a controller is to the API server. */
export function userOf(name: string): string {
  return `system:serviceaccount:kube-system:${name}`;
}
