import { flowHash } from '../../../src/hub/flow-control/flow-hash.js';
import { dealHand } from '../../../src/hub/flow-control/hand.js';
import { type QueueScript, QueueScriptPlayer } from '../queue-script.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const apfQueues: Suite = { name: 'apf-queues', answer };

function answer({ tags, input }: Case): unknown {
  switch (tags[0]) {
    case 'hand': {
      const { hash, deckSize, handSize } = input as { hash: string; deckSize: number; handSize: number };
      return { hand: dealHand(BigInt(hash), deckSize, handSize) };
    }
    case 'flowHash': {
      const { flowSchema, distinguisher } = input as { flowSchema: string; distinguisher: string };
      return { hash: String(flowHash(flowSchema, distinguisher)) };
    }
    case 'queueset':
    case 'queueset-wide':
    case 'queueset-noqueues':
      return { results: new QueueScriptPlayer(input as QueueScript).play() };
    default:
      return new Skip(`unknown question ${tags[0]}`);
  }
}
