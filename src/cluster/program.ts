import type { Kind } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import { ApiClient } from '../client/api-client.js';
import { Candidate } from '../client/candidate.js';
import type { ClientProbe } from '../client/client-probe.js';
import { type ApiServerDoor, Connection, type ConnectionLink } from '../client/connection.js';
import { Informer } from '../client/informer.js';
import type { InformerOptions } from '../client/informer-options.js';
import { LeaderElector } from '../client/leader-elector.js';
import { Outage, type Silence } from '../client/outage.js';
import type { OutageTimers } from '../client/outage-timers.js';
import { Process } from '../client/process.js';
import { ReflectorBackoff } from '../client/reflector-backoff.js';
import { TokenBucket } from '../client/token-bucket.js';
import { WatchTimeouts } from '../client/watch-timeouts.js';
import type { Engine } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';
import type { Distribution } from '../random/distribution.js';
import { OwnStreams } from '../random/own-streams.js';
import type { Stream } from '../random/stream.js';
import type { Streams } from '../random/streams.js';
import { type ListenerProbe, Listeners } from '../spokes/listener/listeners.js';
import type { ProgramCosts } from './profile.js';

/** What every program of the control plane is built from. */
export interface ProgramParts {
  readonly engine: Engine;
  readonly streams: Streams;
  readonly door: ApiServerDoor;
  readonly networkDelay: Distribution;
  readonly probe: ClientProbe;
  /** Informers list so often instead of watching; 0 watches. */
  readonly pollNs?: number;
  /** Informers get their first state by a LIST; if not, through the watch. */
  readonly listsBeforeWatching: boolean;
  /** Whether its clients send and accept JSON alone. */
  readonly json?: boolean;
}

/** One program with its connection to the API server: makes its clients and its shared informers. */
export class Program {
  readonly process: Process;
  private readonly parts: ProgramParts;
  /** Names its random streams: every copy and every life has its own. */
  readonly life: string;
  private readonly connection: Connection;
  private readonly watchClient: ApiClient;
  private readonly decodeNs: number;
  private readonly informers: Informer<ApiObject>[];
  private readonly idle: Listeners[];
  /** Those, and the ones that are opened one by one. */
  private readonly listening: Listeners[];
  private elector: LeaderElector | undefined;
  private candidate: Candidate | undefined;
  private readonly shared: Map<Kind, Informer<ApiObject>>;

  /** `watcher` is the user that its informers are. */
  constructor(
    parts: ProgramParts,
    host: Processor,
    name: string,
    costs: ProgramCosts,
    watcher: string = `system:${name}`,
  ) {
    const { engine, streams, door, networkDelay, probe } = parts;
    this.parts = parts;
    this.life = streams.unique(name);
    this.process = new Process(engine, host, name, costs, probe.queueMeter?.bind(probe));
    this.connection = new Connection(this.process, door, costs, networkDelay, new OwnStreams(streams, 'wire'));
    this.watchClient = this.client(name, watcher, 0, 0);
    this.decodeNs = costs.decodeNs;
    this.informers = [];
    this.idle = [];
    this.listening = [];
    this.elector = undefined;
    this.candidate = undefined;
    this.shared = new Map();
  }

  /**
   * A client with an identity and a bucket of its own; `qps` 0 means no limit. A call that finds no server fails, or is
   * sent again every `reconnectNs`. `nodes` are the machines that it speaks for, by number.
   */
  client(
    name: string,
    user: string,
    qps: number,
    burst: number,
    reconnectNs = 0,
    nodes?: readonly string[],
  ): ApiClient {
    const caller = {
      name,
      user,
      nodes,
      json: this.parts.json === true,
      stream: this.parts.streams.unique(`${this.life}/${name}`),
    };
    return new ApiClient(this.parts.engine, caller, this.connection, new TokenBucket(qps, burst), reconnectNs);
  }

  /** The program's informer of a kind, shared by all its parts. */
  informer<T extends ApiObject>(kind: Kind, selects?: (object: T) => boolean): Informer<T> {
    const known = this.shared.get(kind);
    if (known !== undefined) return known as unknown as Informer<T>;
    const informer = this.open(kind, selects);
    this.shared.set(kind, informer as unknown as Informer<ApiObject>);
    return informer;
  }

  /** The informer of a kind that its parts share, if any does. */
  informerOf(kind: Kind): Informer<ApiObject> | undefined {
    return this.shared.get(kind);
  }

  /** Whether it has informers: who gets them only when it leads has none before. */
  get hears(): boolean {
    return this.informers.length > 0;
  }

  /** An informer beside the shared ones, with a watch of its own (metadata informers). */
  metadataInformer(kind: Kind): Informer<ApiObject> {
    return this.open(kind, undefined);
  }

  private open<T extends ApiObject>(kind: Kind, selects: ((object: T) => boolean) | undefined): Informer<T> {
    const { pollNs = 0, listsBeforeWatching: listsFirst } = this.parts;
    const { streams } = this.parts;
    const name = streams.unique(`${this.life}/${kind.resource}`);
    const options: InformerOptions<T> = {
      wire: streams.stream(`watch/${name}`),
      timeouts: new WatchTimeouts(streams.stream(`watch-timeout/${name}`)),
      decodeNs: this.decodeNs,
      listsFirst,
      pollNs,
      ...(selects === undefined ? {} : { selects }),
    };
    const { process, watchClient, connection } = this;
    const backoff = new ReflectorBackoff(streams.stream(`reflector/${name}`));
    const informer = new Informer(process, watchClient, connection, kind, options, backoff, this.parts.probe);
    this.informers.push(informer as unknown as Informer<ApiObject>);
    return informer;
  }

  /** Watchers that only listen, each with a watch of its own. */
  listeners(kind: Kind, count: number, probe: ListenerProbe): void {
    this.idle.push(this.watches(kind, count, probe));
  }

  /** The same, to be opened one by one. */
  watches(kind: Kind, count: number, probe: ListenerProbe): Listeners {
    const { process, watchClient, connection, decodeNs, life } = this;
    const { streams } = this.parts;
    const wire = (): Stream => streams.stream(streams.unique(`watch/${life}/${kind.resource}`));
    const listeners = new Listeners({ process, client: watchClient, connection, kind, count, decodeNs, wire, probe });
    this.listening.push(listeners);
    return listeners;
  }

  /**
   * Makes it hold a lease of its name, as those programs do of which only one may work; `lost` is called when it could not
   * renew it.
   */
  lead(lost: () => void): void {
    this.elector = new LeaderElector(this.process, this.watchClient, lost);
  }

  /**
   * Makes it one of several that want a lease, which it signs with its name unless another is given; `elected` is called
   * whenever it becomes the leader, `lost` when it could not stay it.
   */
  contend(
    lease: string,
    elected: () => void,
    identity: string = this.process.name,
    lost: () => void = () => {},
  ): Candidate {
    const { process, watchClient } = this;
    const stream = this.parts.streams.stream(`election/${this.life}`);
    this.candidate = new Candidate(process, watchClient, lease, identity, stream, elected, lost);
    return this.candidate;
  }

  /** Whether it has the lease that it wants. */
  get leads(): boolean {
    return this.elector !== undefined || this.candidate?.leading === true;
  }

  /** Opens the watches of all its informers and listeners. */
  start(): void {
    this.elector?.start();
    this.candidate?.start();
    for (const listeners of this.idle) listeners.start();
    this.startInformers();
  }

  /** Opens the watches of its informers, for a program that gets them only when it leads. */
  startInformers(): void {
    for (const informer of this.informers) informer.start();
  }

  /** Whether it polls and has not read yet what has changed, chores apart; `newest` is the newest change of a kind. */
  hasUnread(newest: (kind: Kind) => number): boolean {
    return this.informers.some(({ poller, kind }) => poller !== undefined && poller.revision < newest(kind));
  }

  /** Dies at once (SIGKILL): its watches end, and nothing of it goes on. */
  die(): void {
    this.process.die();
    for (const informer of this.informers) informer.end();
    this.connection.outage?.drop();
  }

  /** All it sends and hears takes wires that are not like the others. */
  route(link: ConnectionLink): void {
    this.connection.link = link;
  }

  /** Its server does not answer any more, or, without `connected`, none can be reached by its first connection. */
  cutOff(timers: OutageTimers, connected: boolean, silence: Silence, redial: () => boolean): Outage {
    const { connection, informers, listening } = this;
    const watches = [...informers, ...listening.flatMap(({ watches }) => watches)];
    return new Outage({ timers, connection, watches, silence, redial }, connected);
  }

  /** Whether every informer has its first list. */
  get synced(): boolean {
    if (this.candidate?.settled === false) return false;
    return this.informers.every(({ synced }) => synced) && this.idle.every(({ synced }) => synced);
  }
}
