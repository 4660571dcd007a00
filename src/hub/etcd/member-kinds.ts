import type { Engine, EventKind } from '../../engine/index.js';
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
  const register = (name: string, handler: (index: number) => void, wait: 'processor' | 'disk' | 'timer'): EventKind =>
    engine.register(
      `etcd: ${name}`,
      (life, index) => {
        if (life === memberOf(index).life) handler(index);
      },
      wait,
    );
  return {
    encoded: register('batch encoded', (index) => memberOf(index).encoded(), 'processor'),
    flushed: register('batch on disk', (index) => memberOf(index).flushed(), 'disk'),
    synced: register('loop goes on', (index) => memberOf(index).synced(), 'processor'),
    applied: register('batch applied', applied, 'processor'),
    database: {
      due: register('database to be written', (index) => memberOf(index).database.due(), 'timer'),
      spilled: register('database laid out', (index) => memberOf(index).database.spilled(), 'processor'),
      committed: register('database on disk', (index) => memberOf(index).database.committed(), 'disk'),
    },
  };
}
