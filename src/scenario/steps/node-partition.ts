import * as z from 'zod';
import { duration } from '../schema-values.js';
import { NodeFault } from './node-fault.js';
import { nodesKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

export const NODE_PARTITION: StepKind = stepKind({
  shape: {
    fault: z.literal('node-partition').describe('Nodes run on, cut off from the API server'),
    nodes: nodesKey('Nodes'),
    for: duration('Until they can reach it again; never without it').optional(),
  },
  example: 'fault: node-partition, nodes: { zone: a }, for: 10m',
  read: ({ fault, nodes, for: forNs }, reading) => new NodeFault(fault, reading.nodes('nodes', nodes), forNs),
});
