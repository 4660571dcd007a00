import type { WatchEvent } from '../../api/watch.js';
import type { EtcdClient } from './etcd-client.js';
import type { EtcdMember } from './etcd-member.js';
import type { EtcdClients } from './etcd-parts.js';

/** The API servers behind which an etcd stands: numbers are of the rows of all of them in turn. */
export class EtcdConnections implements EtcdClients {
  readonly all: EtcdClient[];

  constructor() {
    this.all = [];
  }

  private clientOf(row: number): EtcdClient {
    return this.all[row % this.all.length]!;
  }

  /** The store has committed a change: all hear of it. */
  changed(event: WatchEvent): void {
    for (const client of this.all) client.changed(event);
  }

  apply(row: number): void {
    const client = this.clientOf(row);
    client.apply(client.slotOf(row));
  }

  read(row: number): void {
    const client = this.clientOf(row);
    client.read(client.slotOf(row));
  }

  fail(row: number): void {
    const client = this.clientOf(row);
    client.user.unanswered(client.slotOf(row));
  }

  doubt(row: number): void {
    const client = this.clientOf(row);
    client.user.doubted(client.slotOf(row));
  }

  reached(member: EtcdMember, number: number): void {
    for (const client of this.all) if (client.member === member) client.reached(number);
  }

  lost(member: EtcdMember, members: readonly EtcdMember[]): void {
    for (const client of this.all) if (client.member === member) client.lost(members);
  }

  found(member: EtcdMember): void {
    for (const client of this.all) client.found(member);
  }

  asksAt(row: number, member: EtcdMember): boolean {
    return this.clientOf(row).member === member;
  }
}
