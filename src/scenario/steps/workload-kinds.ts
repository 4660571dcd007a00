import { DAEMON_SET, DEPLOYMENT, type Kind, REPLICA_SET, STATEFUL_SET } from '../../api/kind.js';

/** kubectl rollout knows these kinds. */
export const ROLLED_OUT: readonly Kind[] = [DEPLOYMENT, STATEFUL_SET, DAEMON_SET];

/** Kinds whose template of pods may change. */
export const TEMPLATED: readonly Kind[] = [...ROLLED_OUT, REPLICA_SET];
