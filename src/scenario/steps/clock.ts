import * as z from 'zod';
import { parseDuration } from '../../api/duration.js';
import { InputError } from '../../api/input-error.js';
import { KILLABLE } from '../../cluster/process-fault.js';
import { duration, parsed } from '../schema-values.js';
import type { Action } from './action.js';
import { NodeFault } from './node-fault.js';
import { ProcessDisturbance, processKey, readProcess } from './process-fault.js';
import { nodesKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

const skew = parsed((text) => {
  const skewNs = parseDuration(text);
  if (skewNs === 0) throw new InputError(`${text} is the true time`, { remedy: 'write a skew such as 5m or -5m' });
  return skewNs;
}, 'How far the clock is ahead of the true time, 10m; with a minus behind it');

export const CLOCK: StepKind = stepKind({
  shape: {
    fault: z
      .literal('clock')
      .describe(
        'A clock shows another time. Waits go on as before; times that are compared with those of others do not',
      ),
    nodes: nodesKey('Machines of kubelets').optional(),
    target: processKey().describe(`Or a process: ${processKey().description}`).optional(),
    skew,
    for: duration('Until the clock is set right; never without it').optional(),
  },
  example: 'fault: clock, nodes: [node-0001], skew: 10m, for: 5m',
  read: ({ fault, nodes, target, skew: skewNs, for: forNs = -1 }, reading): Action => {
    if (target !== undefined && nodes !== undefined)
      throw reading.error('nodes', 'a clock is that of nodes or of a process', 'leave nodes: or target: out');
    if (target !== undefined)
      return new ProcessDisturbance({ fault, process: readProcess(target, KILLABLE, reading), forNs, skewNs });
    if (nodes !== undefined) return new NodeFault(fault, reading.nodes('nodes', nodes), forNs, { skewNs });
    throw reading.error('fault', 'whose clock is not said', 'write nodes: [node-0001], or target: scheduler/0');
  },
});
