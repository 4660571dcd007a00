import type { Engine } from '../../engine/index.js';
import type { Processor, WakeCosts } from '../../engine/processor.js';
import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';
import type { ElectionTimes } from './election.js';
import type { EtcdCosts, EtcdProbe } from './etcd-costs.js';
import type { EtcdMember, MemberStreams } from './etcd-member.js';

/** Who asks etcd, and hears what came of it. All are named by the number they asked under. */
export interface EtcdClients {
  /** A proposal is committed: it takes effect now, in order. */
  apply(row: number): void;
  /** A read has been served, by a member. */
  read(row: number): void;
  /** Etcd does not answer, and what was asked has no effect. */
  fail(row: number): void;
  /** Etcd does not answer, and what was proposed may still be committed. */
  doubt(row: number): void;
  /** A member has applied all up to a commit. */
  reached(member: EtcdMember, number: number): void;
  /** A member's connections are lost. */
  lost(member: EtcdMember, members: readonly EtcdMember[]): void;
  /** A member takes connections again. */
  found(member: EtcdMember): void;
  /** Whether a number is of somebody who is connected to a member. */
  asksAt(row: number, member: EtcdMember): boolean;
}

/** What an etcd is built from. */
export interface EtcdParts {
  /** Of its processes. */
  readonly name: string;
  readonly engine: Engine;
  /** One for each member. */
  readonly hosts: readonly Processor[];
  readonly costs: EtcdCosts & WakeCosts;
  /** Of each member's disk. */
  readonly streams: readonly MemberStreams[];
  readonly probe: EtcdProbe;
  readonly clients: EtcdClients;
  /** Of several members. */
  readonly times: ElectionTimes;
  /** One way between two members. */
  readonly wire: Distribution;
  /** What the wire and the elections draw. */
  readonly peerStream: () => Stream;
}
