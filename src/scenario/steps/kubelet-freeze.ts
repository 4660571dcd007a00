import * as z from 'zod';
import { duration } from '../schema-values.js';
import { NodeFault } from './node-fault.js';
import { nodesKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

export const KUBELET_FREEZE: StepKind = stepKind({
  shape: {
    fault: z
      .literal('kubelet-freeze')
      .describe('The kubelets of nodes stand still, as by SIGSTOP; containers run on, and nobody looks after them'),
    nodes: nodesKey('Nodes'),
    for: duration('Until they go on; never without it').optional(),
  },
  example: 'fault: kubelet-freeze, nodes: [node-0001], for: 3m',
  read: ({ fault, nodes, for: forNs }, reading) => new NodeFault(fault, reading.nodes('nodes', nodes), forNs),
});
