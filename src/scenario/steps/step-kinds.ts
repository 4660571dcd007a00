import * as z from 'zod';
import { APPLY } from './apply.js';
import { CLOCK } from './clock.js';
import { CONFLICT_STORM } from './conflict-storm.js';
import { CORDON, UNCORDON } from './cordon.js';
import { DEFRAGMENT } from './defragment.js';
import { DELETE } from './delete.js';
import { DEMAND } from './demand.js';
import { DISK_FULL } from './disk-full.js';
import { DISK_SLOW } from './disk-slow.js';
import { DRAIN } from './drain.js';
import { FREEZE } from './freeze.js';
import { KILL } from './kill.js';
import { KUBELET_FREEZE } from './kubelet-freeze.js';
import { LINK_SLOW } from './link-slow.js';
import { LOAD } from './load.js';
import { ANNOTATE, LABEL } from './metadata.js';
import { METRIC } from './metric.js';
import { NODE_CRASH } from './node-crash.js';
import { NODE_PARTITION } from './node-partition.js';
import { NODE_REBOOT } from './node-reboot.js';
import { NODE_SHUTDOWN } from './node-shutdown.js';
import { NODE_SLOW } from './node-slow.js';
import { PARTITION } from './partition.js';
import { PATCH } from './patch.js';
import { ROLLOUT } from './rollout.js';
import { SCALE } from './scale.js';
import { SET_IMAGE } from './set-image.js';
import { SLOW } from './slow.js';
import { STALE_CACHE } from './stale-cache.js';
import type { StepKind } from './step-kind.js';
import { TAINT } from './taint.js';
import { WATCH_DELAY } from './watch-delay.js';
import { WATCH_DROP } from './watch-drop.js';
import { WEBHOOK_DOWN } from './webhook-down.js';

/** Every kind of step there is, groups and other scenarios apart, in the order of the documentation. */
export const STEP_KINDS: readonly StepKind[] = [
  APPLY,
  SCALE,
  DELETE,
  PATCH,
  LABEL,
  ANNOTATE,
  SET_IMAGE,
  ROLLOUT,
  TAINT,
  CORDON,
  UNCORDON,
  DRAIN,
  KILL,
  FREEZE,
  SLOW,
  CLOCK,
  NODE_CRASH,
  STALE_CACHE,
  WATCH_DROP,
  WATCH_DELAY,
  CONFLICT_STORM,
  WEBHOOK_DOWN,
  NODE_SHUTDOWN,
  NODE_REBOOT,
  NODE_PARTITION,
  KUBELET_FREEZE,
  PARTITION,
  LINK_SLOW,
  NODE_SLOW,
  DISK_SLOW,
  DISK_FULL,
  DEFRAGMENT,
  DEMAND,
  METRIC,
  LOAD,
];

/** What a step of a kind has for the key that tells it from others: `['scale', undefined]`, `['fault', 'kill']`. */
export function markOfKind({ shape }: StepKind): readonly [key: string, value: unknown] {
  const [key, schema] = Object.entries(shape)[0]!;
  return [key, schema instanceof z.ZodLiteral ? schema.value : undefined];
}

/** The kind that a step which the schema has taken is of. */
export function kindOf(input: Readonly<Record<string, unknown>>): StepKind {
  const found = STEP_KINDS.find((kind) => {
    const [key, value] = markOfKind(kind);
    return Object.hasOwn(input, key) && (value === undefined || input[key] === value);
  });
  return found!;
}
