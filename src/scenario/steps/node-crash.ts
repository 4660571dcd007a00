import * as z from 'zod';
import { duration } from '../schema-values.js';
import { NodeFault } from './node-fault.js';
import { nodesKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

export const NODE_CRASH: StepKind = stepKind({
  shape: {
    fault: z.literal('node-crash').describe('Nodes fall silent, and all that runs there is lost'),
    nodes: nodesKey('Nodes'),
    for: duration('Until they are back; never without it').optional(),
  },
  example: 'fault: node-crash, nodes: { zone: a }, for: 10m',
  read: ({ fault, nodes, for: forNs }, reading) => new NodeFault(fault, reading.nodes('nodes', nodes), forNs),
});
