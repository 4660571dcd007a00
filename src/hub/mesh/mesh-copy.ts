import type { Call, ListRequest, WatchOptions } from '../../api/call.js';
import { EVENT, type Kind } from '../../api/kind.js';
import type { ApiObject } from '../../api/object.js';
import type { WatchEvent, WatchSink } from '../../api/watch.js';
import type { Engine } from '../../engine/index.js';
import type { Admission } from '../admission.js';
import { executeWrite } from '../execute-write.js';
import type { HubProbe } from '../hub-probe.js';
import { settle } from '../outcome.js';
import { Store } from '../store.js';
import { Watcher } from '../watcher.js';
import type { Mesh, Message } from './mesh.js';

/** Programs that a version has room for. */
const PROGRAMS_MAX = 1024;

/** A program's own copy of the truth: it reads and writes here, at once, and hears of the others' changes as they come. */
export class MeshCopy {
  readonly number: number;
  /** Whether it stands for the kubelets of all machines. */
  readonly machines: boolean;
  private readonly engine: Engine;
  private readonly mesh: Mesh;
  private readonly probe: HubProbe;
  private readonly store: Store;
  private readonly admission: Admission;
  private readonly watchers: Map<Kind, Watcher[]>;
  /** Newest version heard of each object, by kind and id; those that are gone stay, so that old news does not revive them. */
  private readonly versions: Map<string, number>;
  private clock: number;
  private hearing: boolean;

  constructor(engine: Engine, mesh: Mesh, machines: boolean, probe: HubProbe, admission: (store: Store) => Admission) {
    this.number = mesh.join(this);
    this.machines = machines;
    this.engine = engine;
    this.mesh = mesh;
    this.probe = probe;
    this.store = new Store(
      engine,
      (event) => this.changed(event),
      (kind) => mesh.takeId(kind),
    );
    this.admission = admission(this.store);
    this.watchers = new Map();
    this.versions = new Map();
    this.clock = 0;
    this.hearing = false;
  }

  receive(call: Call, returnTo: { returned(call: Call): void }): void {
    call.arrivedNs = this.engine.nowNs;
    if (call.verb === 'watch') this.watch(call);
    else if (call.verb === 'list') this.list(call);
    else if (call.verb === 'get') this.get(call);
    else this.write(call);
    this.probe.answered(call, this.engine.nowNs);
    returnTo.returned(call);
  }

  unwatch(kind: Kind, sink: WatchSink): void {
    const watchers = this.watchers.get(kind) ?? [];
    this.watchers.set(
      kind,
      watchers.filter((watcher) => watcher.sink !== sink),
    );
  }

  /** What everybody knows from the start. */
  begin(object: ApiObject): void {
    this.take({ type: 'ADDED', object, version: 0, chore: false });
  }

  /** Another program has told of a change: it counts unless a newer one has been heard of. */
  hear(message: Message): void {
    this.clock = Math.max(this.clock, Math.floor(message.version / PROGRAMS_MAX));
    if (message.version <= (this.versions.get(keyOf(message.object)) ?? -1)) return;
    this.take(message);
  }

  /** Objects that it has otherwise than they are, lacks, or believes to be there still. */
  disagreements(objects: readonly ApiObject[]): number {
    const kinds = new Set(objects.map(({ kind }) => kind));
    let own = 0;
    for (const kind of kinds) own += this.store.table(kind).size;
    const same = objects.filter((object) => {
      const known = this.store.table(object.kind).getById(object.id);
      return known !== undefined && isSame(known, object);
    }).length;
    const known = objects.filter(({ kind, id }) => this.store.table(kind).getById(id) !== undefined).length;
    return objects.length - same + (own - known);
  }

  private take(message: Message): void {
    this.versions.set(keyOf(message.object), message.version);
    this.hearing = true;
    this.store.adopt(message.type, message.object);
    this.hearing = false;
  }

  private changed(event: WatchEvent): void {
    for (const watcher of this.watchers.get(event.object.kind) ?? []) {
      const translated = watcher.translate(event);
      if (translated !== undefined) watcher.sink.push([translated]);
    }
    if (this.hearing) return;
    const version = ++this.clock * PROGRAMS_MAX + this.number;
    this.versions.set(keyOf(event.object), version);
    this.mesh.tell(this, { type: event.type, object: event.object, version, chore: event.chore });
  }

  private watch(call: Call): void {
    const { sink } = call.body as WatchOptions;
    const watchers = this.watchers.get(call.kind) ?? [];
    this.watchers.set(call.kind, [...watchers, new Watcher(sink, Number.POSITIVE_INFINITY)]);
    call.items = [...this.store.table(call.kind).values()].filter((object) => sink.matches(object));
    call.revision = this.store.revision;
    call.code = 200;
  }

  private list(call: Call): void {
    const { selects = () => true } = call.body as ListRequest;
    call.items = [...this.store.table(call.kind).values()].filter(selects);
    call.revision = this.store.revision;
    call.code = 200;
  }

  private get(call: Call): void {
    call.object = this.store.get(call.kind, call.namespace, call.name);
    call.code = call.object === undefined ? 404 : 200;
    call.reason = call.object === undefined ? 'NotFound' : '';
  }

  private write(call: Call): void {
    let outcome = executeWrite(call, this.store, this.admission, this.engine.nowNs);
    // What takes several writes is done in one go: nobody else writes here.
    while (outcome.code === 0) outcome = executeWrite(call, this.store, this.admission, this.engine.nowNs);
    settle(call, outcome);
  }
}

function keyOf({ kind, id }: ApiObject): string {
  return `${kind.id}/${id}`;
}

/** Copies share the parts of a version; the metadata of Events alone are made anew for each reader (event-shelf.ts). */
function isSame(known: ApiObject, object: ApiObject): boolean {
  const same = known.spec === object.spec && known.status === object.status && known.extra === object.extra;
  return same && (known.metadata === object.metadata || object.kind === EVENT);
}
