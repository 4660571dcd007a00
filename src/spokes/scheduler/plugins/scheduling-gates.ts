import { gateCount, UPDATE_POD_GATES_ELIMINATED, type WakeRule } from '../cluster-event.js';
import type { Plugin } from '../plugin.js';

const WAKES: readonly WakeRule[] = [
  { resource: 'Pod', actions: UPDATE_POD_GATES_ELIMINATED, hint: (waiting, { after }) => waiting.id === after!.id },
];

/** Pods with scheduling gates are not queued before the last gate is gone (plugins/schedulinggates). */
export const SCHEDULING_GATES: Plugin = {
  name: 'SchedulingGates',
  reach: 'cluster',
  wakes: WAKES,
  gates: (pod) => gateCount(pod) > 0,
};
