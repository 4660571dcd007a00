import { controllerOf } from '../api/meta.js';
import type { Pod } from '../api/pod.js';
import type { WatchEvent } from '../api/watch.js';
import type { PodRows } from './run-result.js';

const NEVER = -1;

/**
 * When every pod reached each state of its life, by its dense id, as the store committed it: columns of engine times
 * in nanoseconds, -1 for never.
 */
export class PodLog implements PodRows {
  count: number;
  readonly namespace: string[];
  readonly name: string[];
  readonly owner: string[];
  readonly node: string[];
  createdNs: Float64Array;
  boundNs: Float64Array;
  startedNs: Float64Array;
  runningNs: Float64Array;
  finishedNs: Float64Array;
  deletedNs: Float64Array;
  goneNs: Float64Array;
  private readonly ownerName: (kindId: number, name: string) => string;

  /** `ownerName` writes a controller as the rows show it: `ReplicaSet/web-5d4f8`. */
  constructor(ownerName: (kindId: number, name: string) => string) {
    this.ownerName = ownerName;
    this.count = 0;
    this.namespace = [];
    this.name = [];
    this.owner = [];
    this.node = [];
    this.createdNs = column(1024);
    this.boundNs = column(1024);
    this.startedNs = column(1024);
    this.runningNs = column(1024);
    this.finishedNs = column(1024);
    this.deletedNs = column(1024);
    this.goneNs = column(1024);
  }

  /** A version of a pod was committed. */
  committed(event: WatchEvent): void {
    const pod = event.object as Pod;
    const nowNs = event.committedNs;
    if (event.type === 'ADDED') this.add(pod, nowNs);
    else if (event.type === 'DELETED') mark(this.goneNs, pod.id, nowNs);
    if (pod.spec.nodeName !== '' && this.boundNs[pod.id] === NEVER) {
      this.boundNs[pod.id] = nowNs;
      this.node[pod.id] = pod.spec.nodeName;
    }
    if (pod.status.phase === 'Running') mark(this.runningNs, pod.id, nowNs);
    else if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') mark(this.finishedNs, pod.id, nowNs);
    if (pod.metadata.deleting) mark(this.deletedNs, pod.id, nowNs);
  }

  containersStarted(podId: number, nowNs: number): void {
    mark(this.startedNs, podId, nowNs);
  }

  private add(pod: Pod, nowNs: number): void {
    const { id, metadata } = pod;
    if (id >= this.createdNs.length) this.grow(id);
    this.count = Math.max(this.count, id + 1);
    this.namespace[id] = metadata.namespace;
    this.name[id] = metadata.name;
    const owner = controllerOf(metadata);
    this.owner[id] = owner === undefined ? '' : this.ownerName(owner.kindId, owner.name);
    this.node[id] = '';
    this.createdNs[id] = nowNs;
  }

  private grow(id: number): void {
    const size = Math.max(this.createdNs.length * 2, id + 1);
    this.createdNs = grown(this.createdNs, size);
    this.boundNs = grown(this.boundNs, size);
    this.startedNs = grown(this.startedNs, size);
    this.runningNs = grown(this.runningNs, size);
    this.finishedNs = grown(this.finishedNs, size);
    this.deletedNs = grown(this.deletedNs, size);
    this.goneNs = grown(this.goneNs, size);
  }
}

function mark(times: Float64Array, id: number, nowNs: number): void {
  if (times[id] === NEVER) times[id] = nowNs;
}

function column(size: number): Float64Array {
  return new Float64Array(size).fill(NEVER);
}

function grown(times: Float64Array, size: number): Float64Array {
  const wider = column(size);
  wider.set(times);
  return wider;
}
