import { Cordon } from '../../spokes/user/cordon.js';
import { NodeChange } from './node-change.js';
import { nodesKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** `kubectl cordon`. */
export const CORDON: StepKind = stepKind({
  shape: { cordon: nodesKey('Nodes that no pod may come to any more') },
  example: 'cordon: node/node-0004',
  read: ({ cordon }, reading) => new NodeChange(reading.nodes('cordon', cordon), new Cordon(true)),
});

/** `kubectl uncordon`. */
export const UNCORDON: StepKind = stepKind({
  shape: { uncordon: nodesKey('Nodes that pods may come to again') },
  example: 'uncordon: node/node-0004',
  read: ({ uncordon }, reading) => new NodeChange(reading.nodes('uncordon', uncordon), new Cordon(false)),
});
