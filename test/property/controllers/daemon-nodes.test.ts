import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONTROLLER_REVISION_HASH } from '../../../src/api/controller-revision.js';
import { type DaemonSet, type DaemonSetSpec, NEW_DAEMON_SET_STATUS } from '../../../src/api/daemon-set.js';
import { DAEMON_SET, NODE, POD } from '../../../src/api/kind.js';
import { matches } from '../../../src/api/label-selector.js';
import { NO_OWNERS, ObjectMeta } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { draft } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { NO_RESOURCES } from '../../../src/api/resources.js';
import type { TaintEffect } from '../../../src/api/taint.js';
import { DaemonNodesBySet } from '../../../src/spokes/controllers/daemonset/daemon-nodes-by-set.js';
import { pinnedTo, withDaemonTolerations } from '../../../src/spokes/controllers/daemonset/daemon-pod-spec.js';
import { planDaemonSet } from '../../../src/spokes/controllers/daemonset/daemon-set-plan.js';
import { daemonCounts } from '../../../src/spokes/controllers/daemonset/daemon-set-status.js';
import { rollingUpdate } from '../../../src/spokes/controllers/daemonset/rolling-update.js';
import { PlainDaemonSet } from './plain-daemon-set.js';
import { ToldCache } from './told-cache.js';

const STEPS = [
  ...['join', 'join', 'leave', 'taint', 'label', 'beat'],
  ...[
    'create',
    'create',
    'create',
    'create',
    'bind',
    'bind',
    'ready',
    'ready',
    'ready',
    'ready',
    'unready',
    'fail',
    'succeed',
  ],
  ...['doom', 'vanish', 'release', 'adopt', 'rename'],
  ...['wait', 'wait', 'turn back', 'template', 'strategy', 'patience', 'selector'],
  ...['sync', 'sync', 'look', 'look', 'look'],
] as const;
const EFFECTS: readonly TaintEffect[] = ['NoSchedule', 'NoExecute', 'PreferNoSchedule'];
const NAMES = 7;
const STRATEGIES: readonly Pick<DaemonSetSpec, 'updateStrategy' | 'maxSurge' | 'maxUnavailable'>[] = [
  { updateStrategy: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1 },
  { updateStrategy: 'RollingUpdate', maxSurge: 0, maxUnavailable: 4 },
  { updateStrategy: 'RollingUpdate', maxSurge: 0, maxUnavailable: '50%' },
  { updateStrategy: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 },
  { updateStrategy: 'RollingUpdate', maxSurge: 4, maxUnavailable: 0 },
  { updateStrategy: 'RollingUpdate', maxSurge: '60%', maxUnavailable: 0 },
  { updateStrategy: 'OnDelete', maxSurge: 0, maxUnavailable: 1 },
];

/** A DaemonSet in a world of a few nodes where anything may happen to it. */
class World {
  readonly #shapes: PodShapes;
  readonly #nodes: ToldCache<Node>;
  readonly #pods: ToldCache<Pod>;
  readonly #known: DaemonNodesBySet;
  #set: DaemonSet;
  /** As the last sync found it, with the nodes that there were. */
  #synced: DaemonSet;
  #nodesThen: readonly Node[];
  /** Orphans that the sync has adopted. */
  #adopted: Pod[];
  #version: number;
  #nowNs: number;
  #made: number;

  constructor() {
    this.#shapes = new PodShapes();
    this.#nodes = new ToldCache();
    this.#pods = new ToldCache();
    this.#known = new DaemonNodesBySet(this.#nodes.informer, this.#pods.informer);
    const spec: DaemonSetSpec = {
      selector: { matchLabels: { app: 'agent' } },
      template: { labels: {}, annotations: {}, shape: this.#shapes.of(this.#podSpec()) },
      nodeName: '',
      ...STRATEGIES[0]!,
      minReadySeconds: 0,
      revisionHistoryLimit: 10,
    };
    const metadata = ObjectMeta.of({ name: 'agent' });
    this.#set = draft(DAEMON_SET, metadata, spec, NEW_DAEMON_SET_STATUS).stamped(1, 1, metadata);
    this.#synced = this.#set;
    this.#nodesThen = [];
    this.#adopted = [];
    this.#version = 0;
    this.#nowNs = 0;
    this.#made = 0;
  }

  step(what: (typeof STEPS)[number], which: number, how: number): void {
    const name = `n${which % NAMES}`;
    const pods = [...this.#pods.cache.values()];
    const pod = pods[which % pods.length];
    if (what === 'sync') this.#sync();
    else if (what === 'look') this.#look(how);
    else if (what === 'wait') this.#nowNs += how * 1e9;
    else if (what === 'turn back') this.#nowNs -= how * 1e9;
    else if (what === 'create') this.#create(name, how);
    else if (this.#changesSet(what, how) || this.#changesNode(what, name, how)) return;
    else if (pod !== undefined) this.#changePod(what, pod, how);
  }

  #podSpec() {
    return withDaemonTolerations({ containers: [{ name: 'c', image: `agent:${this.#version}` }] });
  }

  #changesSet(what: string, how: number): boolean {
    const { spec } = this.#set;
    if (what === 'strategy') this.#set = this.#set.withSpec({ ...spec, ...STRATEGIES[how % STRATEGIES.length] });
    else if (what === 'patience') this.#set = this.#set.withSpec({ ...spec, minReadySeconds: (how % 3) * 4 });
    else if (what === 'selector') {
      const matchLabels = how % 2 === 0 ? { app: 'agent' } : { app: 'agent', more: 'yes' };
      this.#set = this.#set.withSpec({ ...spec, selector: { matchLabels } });
    } else if (what === 'template') {
      this.#version = how % 3;
      const picky = how % 4 === 0 ? { nodeSelector: { disk: 'ssd' } } : {};
      const shape = this.#shapes.of({ ...this.#podSpec(), ...picky });
      const nodeName = how === 7 ? 'n1' : '';
      this.#set = this.#set.withSpec({ ...spec, nodeName, template: { ...spec.template, shape } });
    } else return false;
    return true;
  }

  #changesNode(what: string, name: string, how: number): boolean {
    if (!['join', 'leave', 'taint', 'label', 'beat'].includes(what)) return false;
    const node = this.#nodes.cache.get('', name);
    if (what === 'join') {
      if (node === undefined) this.#nodes.put(newNode(this.#made++, name));
    } else if (node === undefined) return true;
    else if (what === 'leave') this.#nodes.remove(node);
    else if (what === 'taint') {
      const taints = how % 3 === 0 ? [] : [{ key: 'k', value: '', effect: EFFECTS[how % EFFECTS.length]! }];
      this.#nodes.put(node.withSpec({ ...node.spec, taints }));
    } else if (what === 'label') {
      const labels = how % 2 === 0 ? {} : { disk: 'ssd' };
      this.#nodes.put(node.withMetadata(node.metadata.with({ labels })));
    } else this.#nodes.put(node.withStatus({ ...node.status, readyHeartbeatNs: this.#nowNs }));
    return true;
  }

  #create(name: string, how: number): void {
    const id = this.#made++;
    const labels = { app: 'agent', [CONTROLLER_REVISION_HASH]: String(how % 2 === 0 ? this.#version : how % 3) };
    const ownerReferences = how === 4 ? NO_OWNERS : this.#owners();
    const meta = ObjectMeta.of({ name: `p${id}`, labels, ownerReferences, creationTimestampNs: this.#nowNs });
    const shape = this.#shapes.of(how === 6 ? this.#podSpec() : pinnedTo(this.#podSpec(), name));
    const running = PENDING.with({ phase: 'Running', ready: true, readySinceNs: this.#nowNs });
    const spec = new PodSpec(shape, how < 5 ? name : '');
    this.#pods.put(draft(POD, meta, spec, how < 4 ? running : PENDING).stamped(id, 1, meta));
  }

  #changePod(what: string, pod: Pod, how: number): void {
    const { metadata, status } = pod;
    if (what === 'bind') {
      const name = pod.spec.shape.requiredNodeAffinity?.terms[0]?.fields[0]?.value ?? `n${how % NAMES}`;
      this.#pods.put(pod.withSpec(new PodSpec(pod.spec.shape, name)));
    } else if (what === 'ready')
      this.#pods.put(pod.withStatus(status.with({ phase: 'Running', ready: true, readySinceNs: this.#nowNs })));
    else if (what === 'unready') this.#pods.put(pod.withStatus(status.with({ ready: false })));
    else if (what === 'fail') this.#pods.put(pod.withStatus(status.with({ phase: 'Failed', ready: false })));
    else if (what === 'succeed') this.#pods.put(pod.withStatus(status.with({ phase: 'Succeeded', ready: false })));
    else if (what === 'doom')
      this.#pods.put(pod.withMetadata(metadata.with({ deletionTimestampNs: this.#nowNs + 1e12 })));
    else if (what === 'vanish') this.#pods.remove(pod);
    else if (what === 'release') this.#pods.put(pod.withMetadata(metadata.with({ ownerReferences: NO_OWNERS })));
    else if (what === 'adopt') this.#adopt(pod, how);
    else if (what === 'rename') {
      const labels = { ...metadata.labels, app: how % 2 === 0 ? 'agent' : 'other' };
      this.#pods.put(pod.withMetadata(metadata.with({ labels })));
    }
  }

  /** In the cache, or only in the eyes of the sync that has done so; who has owners already gets them anew. */
  #adopt(pod: Pod, how: number): void {
    if (how % 2 === 0) this.#pods.put(pod.withMetadata(pod.metadata.with({ ownerReferences: this.#owners() })));
    else if (pod.metadata.ownerReferences === NO_OWNERS && !this.#adopted.some(({ id }) => id === pod.id))
      this.#adopted.push(pod);
  }

  #owners() {
    const { id, metadata } = this.#set;
    return [{ kindId: DAEMON_SET.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true }];
  }

  #sync(): void {
    this.#adopted = [];
    this.#synced = this.#set;
    this.#nodesThen = [...this.#nodes.cache.values()];
    this.#known.of(this.#synced).begin(this.#synced, this.#synced.spec.template.shape);
  }

  #look(how: number): void {
    const { spec } = this.#synced;
    const nodes = this.#known.of(this.#synced);
    const hash = String(this.#version);
    const nowNs = this.#nowNs;
    const inBackoff = (node: string): boolean => node === `n${how % NAMES}`;
    const owned = this.#pods.cache.ownedBy(DAEMON_SET.id, this.#set.id);
    const pods = [...owned.values(), ...this.#adopted.filter(({ id }) => !owned.has(id))];
    const plain = new PlainDaemonSet(spec, spec.template.shape, hash, nowNs, this.#nodesThen, pods);
    const tally = nodes.look(hash, nowNs, this.#adopted);
    expect(daemonCounts(tally.totals)).toEqual(plain.counts());
    expect(told(planDaemonSet({ spec, hash, nowNs, inBackoff }, tally.wanting))).toEqual(told(plain.plan(inBackoff)));
    expect(told(rollingUpdate(spec, tally))).toEqual(told(plain.step()));
    const strangers = owned.values().filter(({ metadata }) => !matches(spec.selector, metadata.labels));
    expect(nodes.selectsAll).toBe(strangers.length === 0);
  }
}

/** The same with names in place of pods, for readable differences. */
function told<T extends { readonly doomed: readonly Pod[] }>(wish: T): unknown {
  return { ...wish, doomed: wish.doomed.map(({ metadata }) => metadata.name) };
}

function newNode(id: number, name: string): Node {
  const metadata = ObjectMeta.of({ name });
  const status = {
    capacity: NO_RESOURCES,
    allocatable: NO_RESOURCES,
    ready: 'True' as const,
    readyReason: '',
    readySinceNs: 0,
    readyHeartbeatNs: 0,
  };
  return draft(NODE, metadata, { unschedulable: false, taints: [] }, status).stamped(id, 1, metadata);
}

test('what a DaemonSet knows of its nodes is what going through all of them comes to, whatever has changed', () => {
  const step = fc.record({ what: fc.constantFrom(...STEPS), which: fc.nat(1000), how: fc.nat(8) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 50, maxLength: 200, size: 'max' }), (steps) => {
      const world = new World();
      for (let i = 0; i < NAMES - 2; i++) world.step('join', i, 0);
      world.step('sync', 0, 0);
      for (const { what, which, how } of steps) world.step(what, which, how);
    }),
    { seed: 1, numRuns: 150 },
  );
});
