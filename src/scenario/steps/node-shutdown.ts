import * as z from 'zod';
import { duration } from '../schema-values.js';
import { NodeFault } from './node-fault.js';
import { nodesKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

export const NODE_SHUTDOWN: StepKind = stepKind({
  shape: {
    fault: z.literal('node-shutdown').describe('Nodes are switched off after kubelet.shutdownGracePeriod'),
    nodes: nodesKey('Nodes'),
    for: duration('Until they are back; never without it').optional(),
  },
  example: 'fault: node-shutdown, nodes: [node-0001]',
  read: ({ fault, nodes, for: forNs }, reading) => new NodeFault(fault, reading.nodes('nodes', nodes), forNs),
});
