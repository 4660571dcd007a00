import * as z from 'zod';
import { duration } from '../schema-values.js';
import { NodeFault } from './node-fault.js';
import { nodesKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

export const NODE_SLOW: StepKind = stepKind({
  shape: {
    fault: z.literal('node-slow').describe('Containers take longer to start and to end'),
    nodes: nodesKey('Nodes'),
    factor: z.number().min(1).describe('How many times longer'),
    for: duration('Until they are as before; never without it').optional(),
  },
  example: 'fault: node-slow, nodes: [node-0001], factor: 5, for: 10m',
  read: ({ fault, nodes, factor, for: forNs }, reading) =>
    new NodeFault(fault, reading.nodes('nodes', nodes), forNs, { factor }),
});
