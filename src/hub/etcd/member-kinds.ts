import type { Engine, EventKind, WaitCause } from '../../engine/index.js';
import type { BackendCommitKinds } from './backend-commits.js';
import type { EtcdMember } from './etcd-member.js';

/** Kinds of the events of all members: target is the life of the member, a its index. */
export interface MemberKinds {
  readonly encoded: EventKind;
  readonly flushed: EventKind;
  readonly synced: EventKind;
  readonly applied: EventKind;
  readonly database: BackendCommitKinds;
}

/** Registers them; what is under way in an earlier life of a member comes to nothing. `applied` hears of members that have applied. */
export function memberKinds(
  engine: Engine,
  memberOf: (index: number) => EtcdMember,
  applied: (index: number) => void,
): MemberKinds {
  const alive = (life: number, index: number): EtcdMember | undefined => {
    const member = memberOf(index);
    return life === member.life ? member : undefined;
  };
  const register = (name: string, handler: (life: number, index: number) => void, wait: WaitCause): EventKind =>
    engine.register(`etcd: ${name}`, handler, wait);
  // A function for each: one for all would not know what it calls.
  return {
    encoded: register('batch encoded', (life, index) => alive(life, index)?.encoded(), 'processor'),
    flushed: register('batch on disk', (life, index) => alive(life, index)?.flushed(), 'disk'),
    synced: register('loop goes on', (life, index) => alive(life, index)?.synced(), 'processor'),
    applied: register('batch applied', (life, index) => alive(life, index) && applied(index), 'processor'),
    database: {
      due: register('database to be written', (life, index) => alive(life, index)?.database.due(), 'timer'),
      spilled: register('database laid out', (life, index) => alive(life, index)?.database.spilled(), 'processor'),
      committed: register('database on disk', (life, index) => alive(life, index)?.database.committed(), 'disk'),
    },
  };
}
