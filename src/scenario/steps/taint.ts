import * as z from 'zod';
import { parseTaintChange } from '../taint.js';
import { NodeChange } from './node-change.js';
import { nodesKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** `kubectl taint nodes`. */
export const TAINT: StepKind = stepKind({
  shape: {
    taint: nodesKey('Nodes to taint'),
    taints: z.array(z.string()).describe('Taints: key=value:NoExecute; key:NoExecute- or key- takes one away'),
  },
  example: 'taint: node/node-0004, taints: ["key=value:NoExecute"]',
  read: ({ taint, taints }, reading) => {
    const change = reading.within('taints', () => parseTaintChange(taints));
    return new NodeChange(reading.nodes('taint', taint), change);
  },
});
