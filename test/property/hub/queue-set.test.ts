import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dealHand } from '../../../src/hub/flow-control/hand.js';
import { QueueSet } from '../../../src/hub/flow-control/queue-set.js';
import { RequestTable } from '../../../src/hub/flow-control/request-table.js';

const QUEUING = { queues: 8, handSize: 3, queueLengthLimit: 4 };

type Sort = 'arrive' | 'finish' | 'release' | 'limit';

const step = fc.record({
  sort: fc.constantFrom<Sort>('arrive', 'arrive', 'finish', 'release', 'limit'),
  elapsedNs: fc.constantFrom(0, 0, 1, 3e6, 7e9),
  flow: fc.nat(20),
  initialSeats: fc.constantFrom(1, 1, 1, 2, 5),
  finalSeats: fc.constantFrom(0, 0, 1, 4),
  seats: fc.nat(6),
  place: fc.nat(50),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A set where every request waits before it begins, be it for no time: what the short way stands for. */
class PlainQueueSet extends QueueSet {
  constructor(...parts: ConstructorParameters<typeof QueueSet>) {
    super(...parts);
    Object.defineProperty(this, 'isOpenTo', { value: () => false });
  }
}

function setUp(Queues: typeof QueueSet) {
  const started: number[] = [];
  const running: number[] = [];
  const lingering: number[] = [];
  const dispatched = (tag: number, request: number): void => {
    started.push(tag);
    running.push(request);
  };
  const requests = new RequestTable();
  return { set: new Queues(0, QUEUING, false, 3, requests, { dispatched }, 0), started, running, lingering, requests };
}

function take(
  { set, running, lingering }: ReturnType<typeof setUp>,
  { sort, flow, initialSeats, finalSeats, seats, place }: Step,
  tag: number,
  nowNs: number,
): number {
  const work = { initialSeats, finalSeats, additionalLatencyNs: finalSeats * 5e6 };
  if (sort === 'arrive') return set.arrive(dealHand(BigInt(flow * 7919), 8, 3), work, tag, nowNs);
  if (sort === 'limit') set.setSeatLimit(seats, nowNs);
  const [request] = (sort === 'finish' ? running : sort === 'release' ? lingering : []).splice(place % 5, 1);
  if (request === undefined) return 0;
  if (sort === 'release') set.release(request, nowNs);
  else if (set.finish(request, nowNs) > 0) lingering.push(request);
  return request;
}

it('a request that finds nothing waiting begins as if it had waited for no time', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const [short, plain] = [setUp(QueueSet), setUp(PlainQueueSet)];
      let nowNs = 0;
      for (const [tag, each] of steps.entries()) {
        nowNs += each.elapsedNs;
        expect(take(short, each, tag, nowNs)).toBe(take(plain, each, tag, nowNs));
        expect(short.started).toEqual(plain.started);
        for (const name of ['requestsWaiting', 'requestsExecuting', 'seatsWaiting', 'seatsInUse'] as const)
          expect(short.set[name]).toBe(plain.set[name]);
        expect(short.set.demand).toEqual(plain.set.demand);
        const state = ({ set }: typeof short) => ({ ...set, isOpenTo: 0, requests: 0, queues: 0, taker: 0 });
        expect(state(short)).toEqual(state(plain));
        const { queues: a } = short.set as unknown as { queues: Record<string, unknown> };
        const { queues: b } = plain.set as unknown as { queues: Record<string, unknown> };
        for (const column of ['nextDispatchR', 'executing', 'waitingWork', 'length', 'busyQueues'])
          expect(a[column]).toEqual(b[column]);
      }
    }),
    { seed: 42, numRuns: 100 },
  );
});
