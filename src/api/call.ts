import { compressedBytes } from './compression.js';
import type { Kind } from './kind.js';
import type { ApiObject } from './object.js';
import type { Patch } from './patch.js';
import type { WatchSink } from './watch.js';

export type Verb = 'create' | 'update' | 'patch' | 'delete' | 'get' | 'list' | 'watch';

/** What a DELETE may ask for (metav1.DeleteOptions). */
export interface DeleteOptions {
  /** Seconds of grace; left out, the pod's own terminationGracePeriodSeconds counts. */
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** Delete only the object with this identity (preconditions.uid). */
  readonly id?: number;
}

/** What a GET may ask for. */
export interface GetRequest {
  /** `'0'` takes the object as it is at hand, a number one that is no older. */
  readonly resourceVersion: string;
}

/** What a LIST asks for. */
export interface ListRequest {
  /** `''` asks for the latest state, `'0'` for whatever is at hand. */
  readonly resourceVersion: string;
  /** Keeps only what matches, as a namespace or a selector does. @default all of the kind */
  readonly selects?: (object: ApiObject) => boolean;
  /** Of pods: only those bound to this node, which watch caches have an index of (registry/core/pod NodeNameIndexFunc). */
  readonly nodeName?: string;
  /** Whether no index knows what `selects` keeps, as with labels: every object has to be looked at. */
  readonly scans?: boolean;
  /** Objects in a page. @default 0, which is all */
  readonly limit?: number;
  /** Goes on where an earlier page ended. */
  readonly continuation?: ListContinuation;
  /** Wants the state at `resourceVersion` and no other (resourceVersionMatch=Exact). */
  readonly exact?: boolean;
}

/** Of a {@link ListContinuation}: goes on in the latest state, whatever the pages before have shown. */
export const LATEST = -1;

/** Where a LIST in pages goes on: all pages show the state that the first one showed. */
export interface ListContinuation {
  /** Of that state, or {@link LATEST}. */
  readonly revision: number;
  /** When the first page was read. */
  readonly takenNs: number;
  /** That state, in order of keys, and how far the pages have come in it. */
  readonly items: readonly ApiObject[];
  readonly at: number;
}

/** Where a WATCH starts and who receives it. */
export interface WatchOptions {
  /** Events after this revision; 0 asks for the current state first (sendInitialEvents). */
  readonly fromRevision: number;
  readonly sink: WatchSink;
  /** After how long the server is to end it. @default when it likes */
  readonly timeoutSeconds?: number;
}

/** Who takes the answer of a call. */
export interface AnswerTaker {
  answered(call: Call): void;
}

/** Who is calling. */
export interface Caller {
  /** As reports show it. */
  readonly name: string;
  /** Whom flow control sees; `system:node:*` where one client speaks for all kubelets. */
  readonly user: string;
  /** Names of the machines whose kubelets those are, by number: each is a user of its own. */
  readonly nodes?: readonly string[] | undefined;
  /** Whether it sends and accepts JSON alone (`--kube-api-content-type`). @default false, which is protobuf where there is one */
  readonly json?: boolean;
  /** Names its random streams: other copies of its program and earlier lives have the same name, but not this. */
  readonly stream: string;
}

export type CallBody = ApiObject | Patch | DeleteOptions | GetRequest | ListRequest | WatchOptions | undefined;

/**
 * One request to the API server and, once it is `done`, its answer. A call lives from the moment its client
 * makes it until its answer has been taken; the hub keeps no reference afterwards.
 */
export class Call {
  /** Row in the hub's table of calls under way; -1 before and after. */
  slot: number;
  readonly caller: Caller;
  readonly verb: Verb;
  readonly kind: Kind;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  /** Identity of the object it names, as far as that is known; -1 if it is not. */
  targetId: number;
  readonly body: CallBody;
  /** Number of the machine whose kubelet calls, where one client speaks for all; else -1. */
  node: number;
  /** Whether the call is part of a periodic chore, which no convergence waits for. */
  readonly chore: boolean;
  /** When the spoke asked, before its own rate limiter. */
  readonly issuedNs: number;
  /** When the request left the client, after its limiter. */
  sentNs: number;
  /** When the API server received it. */
  arrivedNs: number;
  /** When it had its seats and began to be served; -1 before, or if it never was. */
  seatedNs: number;
  /** The priority level that flow control counts it to; `''` before. */
  priorityLevel: string;
  /** HTTP status; 0 until the API server has decided. */
  code: number;
  /** Whether the answer has reached the caller. */
  done: boolean;
  /** When the server refuses a call for now: seconds after which to try again; otherwise 0. */
  retryAfterSeconds: number;
  /** How often it has been sent. */
  attempts: number;
  /** How many of its writes have taken effect, for calls that make several. */
  writesDone: number;
  /** Why the call failed, as metav1.Status.reason: `NotFound`, `Conflict`, `AlreadyExists` …; `''` if it did not. */
  reason: string;
  /** What was wrong with it, where the reason alone does not say so (metav1.Status.message); else `''`. */
  message: string;
  /** Version written or read. */
  object: ApiObject | undefined;
  /** What a LIST found, or the initial state of a WATCH, in the order of the cache. */
  items: readonly ApiObject[] | undefined;
  /** Where the next page begins, if the answer is not all there is; with 410, where the latest state goes on. */
  continuation: ListContinuation | undefined;
  /** Revision at which `items` were true. */
  revision: number;
  /** Its client, which takes the answer off the wire and may try again. */
  sender: AnswerTaker | undefined;
  answerTo: AnswerTaker | undefined;
  /** How long the answer is. */
  answerBytes: number;
  /** For the caller's own use. */
  tag: number;

  constructor(
    caller: Caller,
    verb: Verb,
    kind: Kind,
    subresource: string,
    namespace: string,
    name: string,
    body: CallBody,
    chore: boolean,
    issuedNs: number,
  ) {
    this.slot = -1;
    this.caller = caller;
    this.verb = verb;
    this.kind = kind;
    this.subresource = subresource;
    this.namespace = namespace;
    this.name = name;
    this.targetId = -1;
    this.body = body;
    this.node = -1;
    this.chore = chore;
    this.issuedNs = issuedNs;
    this.sentNs = issuedNs;
    this.arrivedNs = -1;
    this.seatedNs = -1;
    this.priorityLevel = '';
    this.code = 0;
    this.done = false;
    this.retryAfterSeconds = 0;
    this.attempts = 0;
    this.writesDone = 0;
    this.reason = '';
    this.message = '';
    this.object = undefined;
    this.items = undefined;
    this.continuation = undefined;
    this.revision = 0;
    this.sender = undefined;
    this.answerTo = undefined;
    this.answerBytes = 0;
    this.tag = 0;
  }

  /** Forgets an answer, to be sent again. */
  refresh(): void {
    this.seatedNs = -1;
    this.code = 0;
    this.retryAfterSeconds = 0;
    this.reason = '';
    this.message = '';
    this.writesDone = 0;
  }

  /** Who it is that calls: of many kubelets, the one. */
  get user(): string {
    const { caller, node } = this;
    return caller.nodes === undefined || node < 0 ? caller.user : `system:node:${caller.nodes[node]!}`;
  }

  /** What a client's error says: the message, or the reason where there is none. */
  get error(): string {
    return this.message === '' ? this.reason : this.message;
  }

  get ok(): boolean {
    return this.code >= 200 && this.code < 300;
  }

  /** Whether its objects travel as JSON though there is protobuf for them. */
  get asJson(): boolean {
    return this.caller.json === true && this.kind.json !== true;
  }

  /** How long its answer is on the wire; watches are never compressed. */
  get answerWireBytes(): number {
    return this.verb === 'watch' ? this.answerBytes : compressedBytes(this.answerBytes);
  }

  /** Whether it changes state, as flow control and the latency SLOs distinguish. */
  get mutating(): boolean {
    return isMutating(this.verb);
  }
}

/** Whether a verb changes state. */
export function isMutating(verb: string): boolean {
  return verb !== 'get' && verb !== 'list' && verb !== 'watch';
}
