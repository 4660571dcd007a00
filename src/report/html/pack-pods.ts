import type { PodRows, Times } from '../../measure/run-result.js';
import type { PagePods } from './page-data.js';

/** Pods that a report knows one by one. */
const PODS_MAX = 150_000;
/** Ticks of a run: finer than any screen. */
const TICKS = 2 ** 20;
const FINEST_NS = 1e3;

/**
 * Packs the rows of pods: of each pod its owner, its node + 1 (0 = none), when it was created (zigzag, from the pod
 * before), and how long after its creation it was bound, running, deleted and gone (+ 1; 0 = never).
 */
export function packPods(pods: PodRows, zeroNs: number, endNs: number, nodes: ReadonlyMap<string, number>): PagePods {
  const tickNs = Math.max(FINEST_NS, (endNs - zeroNs) / TICKS);
  const stride = Math.ceil(pods.count / PODS_MAX);
  const owners = new Map<string, number>();
  const names: string[] = [];
  const out = new Packer();
  let before = 0;
  for (let row = 0; row < pods.count; row += Math.max(1, stride)) {
    const owner = pods.owner[row]!;
    const key = `${pods.namespace[row]!} ${owner}`;
    if (!owners.has(key)) owners.set(key, owners.size);
    names.push(nameOf(pods.name[row]!, owner));
    const created = Math.round((pods.createdNs[row]! - zeroNs) / tickNs);
    const after = (times: Times): number =>
      times[row]! < 0 ? 0 : Math.max(0, Math.round((times[row]! - zeroNs) / tickNs) - created) + 1;
    out.add(owners.get(key)!);
    out.add((nodes.get(pods.node[row]!) ?? -1) + 1);
    out.add(zigzag(created - before));
    for (const times of [pods.boundNs, pods.runningNs, pods.deletedNs, pods.goneNs]) out.add(after(times));
    before = created;
  }
  const packed = Buffer.from(out.bytes()).toString('base64');
  const shown = { count: names.length, total: pods.count, tick: tickNs / 1e9 };
  return { ...shown, owners: [...owners.keys()], names: names.join('\n'), packed };
}

function nameOf(name: string, owner: string): string {
  const controller = owner.slice(owner.indexOf('/') + 1);
  const short = owner !== '' && name.startsWith(controller) ? `~${name.slice(controller.length)}` : name;
  return short.replaceAll('\n', ' ');
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Numbers that are not negative, seven bits a byte, lowest first. */
class Packer {
  private buffer: Uint8Array;
  private size: number;

  constructor() {
    this.buffer = new Uint8Array(65_536);
    this.size = 0;
  }

  add(value: number): void {
    if (this.size + 8 > this.buffer.length) {
      const wider = new Uint8Array(2 * this.buffer.length);
      wider.set(this.buffer);
      this.buffer = wider;
    }
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.buffer[this.size++] = 128 + (rest % 128);
    this.buffer[this.size++] = rest;
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.size);
  }
}
