import * as z from 'zod';
import { NodeFault } from './node-fault.js';
import { nodesKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

export const NODE_REBOOT: StepKind = stepKind({
  shape: {
    fault: z.literal('node-reboot').describe('Nodes shut down, and are back after kubelet.nodeBoot'),
    nodes: nodesKey('Nodes'),
  },
  example: 'fault: node-reboot, nodes: [node-0001, node-0002]',
  read: ({ fault, nodes }, reading) => new NodeFault(fault, reading.nodes('nodes', nodes)),
});
