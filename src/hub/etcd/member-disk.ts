import { ZERO } from '../../engine/zero.js';
import type { Stream } from '../../random/stream.js';
import { wholeNs } from '../../random/whole-ns.js';
import type { EtcdCosts } from './etcd-costs.js';

/**
 * The disk of one member, on which its log and its database are. An fsync takes longer after the disk has lain idle: what
 * carries it out, on a virtual machine and below, has gone to sleep and is woken first.
 */
export class MemberDisk {
  /** How many times longer everything takes. */
  slowness: number;
  private readonly costs: EtcdCosts;
  /** When the last fsync of all ends. */
  private doneNs: number;

  constructor(costs: EtcdCosts) {
    this.slowness = 1;
    this.costs = costs;
    this.doneNs = ZERO;
  }

  /** How long so many fsyncs take from a moment on, one after the other. */
  syncNs(fsyncs: number, fromNs: number, stream: Stream): number {
    const { fsync, fsyncColdNs, fsyncCoolNs } = this.costs;
    const idleNs = Math.max(0, fromNs - this.doneNs);
    let sumNs = idleNs === 0 ? 0 : Math.round((fsyncColdNs * idleNs) / (idleNs + fsyncCoolNs));
    for (let i = 0; i < fsyncs; i++) sumNs += fsync.sample(stream);
    const lastsNs = this.slowness === 1 ? sumNs : wholeNs(sumNs * this.slowness);
    this.doneNs = Math.max(this.doneNs, fromNs + lastsNs);
    return lastsNs;
  }
}
