import type { Call } from '../api/call.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { ApiClient } from './api-client.js';
import type { EventRecorder } from './event-recorder.js';
import type { Expectations } from './expectations.js';
import type { LastWrites } from './last-writes.js';
import { nextBatchSize } from './slow-start.js';
import type { Wait } from './task.js';

/**
 * Creates and deletes the pods of a controller's objects, says so in events, and keeps its expectations and last
 * writes (controller_utils RealPodControl). What is to be expected is set before, what failed is taken back here.
 */
export class PodControl {
  private readonly client: ApiClient;
  private readonly events: EventRecorder;
  private readonly expectations: Expectations;
  private readonly lastWrites: LastWrites;

  constructor(client: ApiClient, events: EventRecorder, expectations: Expectations, lastWrites: LastWrites) {
    this.client = client;
    this.events = events;
    this.expectations = expectations;
    this.lastWrites = lastWrites;
  }

  /** Creates pods in batches of 1, 2, 4 …; a batch with an error in it is the last. Ends with that error, or `''`. */
  *create(owner: ApiObject, count: number, podAt: (index: number) => Pod): Generator<Wait, string, void> {
    let error = '';
    let created = 0;
    let attempted = 0;
    for (let size = 0; error === ''; ) {
      size = nextBatchSize(size, count - attempted);
      if (size === 0) break;
      const calls = Array.from({ length: size }, (_, i) => this.client.create(podAt(attempted + i)));
      attempted += size;
      for (const call of calls) {
        if (!call.done) yield call;
        const failure = this.createEnded(owner, call);
        if (failure === '') created++;
        else error ||= failure;
      }
    }
    for (let i = created; i < count; i++) this.expectations.creationObserved(owner.id);
    return error;
  }

  private createEnded(owner: ApiObject, call: Call): string {
    if (call.ok) {
      const pod = call.object as Pod;
      this.lastWrites.wrotePod(owner.id, pod.revision);
      this.events.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      return '';
    }
    // Nothing can be created in a namespace that is ending, and nothing needs to be.
    if (call.reason === 'NamespaceTerminating') return '';
    this.events.event(owner, 'Warning', 'FailedCreate', `Error creating: ${call.error}`);
    return call.error;
  }

  /** Deletes all at once: there is no slow start downwards. */
  *delete(owner: ApiObject, doomed: readonly Pod[]): Generator<Wait, string, void> {
    const calls = doomed.map((pod) => this.client.delete(pod));
    let error = '';
    for (const [index, call] of calls.entries()) {
      if (!call.done) yield call;
      error ||= this.deleteEnded(owner, doomed[index]!, call);
    }
    return error;
  }

  private deleteEnded(owner: ApiObject, pod: Pod, call: Call): string {
    if (call.ok) {
      this.events.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
      return '';
    }
    this.expectations.deletionObserved(owner.id, pod.id);
    if (call.code === 404) return '';
    this.events.event(owner, 'Warning', 'FailedDelete', `Error deleting: ${call.error}`);
    return call.error;
  }
}
