import { describe, expect, it } from 'vitest';
import { dealHand } from '../../../../src/hub/flow-control/hand.js';
import type { Queuing } from '../../../../src/hub/flow-control/priority-level.js';
import { NO_SEATS, QUEUE_FULL, QueueSet } from '../../../../src/hub/flow-control/queue-set.js';
import { RequestTable } from '../../../../src/hub/flow-control/request-table.js';
import { ONE_SEAT } from '../../../../src/hub/flow-control/work-estimate.js';
import { AleaStream } from '../../../../src/random/stream.js';

const QUEUING: Queuing = { queues: 4, handSize: 1, queueLengthLimit: 5 };

function setup(seatLimit: number, queuing: Queuing | null = QUEUING, exempt = false) {
  const started: number[] = [];
  const running: number[] = [];
  const taker = {
    dispatched(tag: number, request: number) {
      started.push(tag);
      running.push(request);
    },
  };
  const set = new QueueSet(0, queuing ?? undefined, exempt, seatLimit, new RequestTable(), taker, 0);
  return { set, started, running };
}

function wide(seats: number) {
  return { ...ONE_SEAT, initialSeats: seats };
}

describe('a queue set', () => {
  it('begins what fits, lets wait what does not, and refuses when the queue is full', () => {
    const { set, started } = setup(1);
    const answers = Array.from({ length: 7 }, (_, tag) => set.arrive([0], ONE_SEAT, tag, 0));
    expect(started).toEqual([0]);
    expect(answers.filter((answer) => answer === QUEUE_FULL)).toHaveLength(1);
    expect(set.requestsWaiting).toBe(5);
  });

  it('gives a flow of one request its turn before the hundredth of a flow of many', () => {
    const { set, started, running } = setup(1, { ...QUEUING, queueLengthLimit: 100 });
    for (let tag = 0; tag < 100; tag++) set.arrive([0], ONE_SEAT, tag, 0);
    set.arrive([1], ONE_SEAT, 1000, 0);
    for (let i = 0; i < 3; i++) set.finish(running[i]!, (i + 1) * 3e6);
    expect(started).toContain(1000);
  });

  it('makes everybody wait for a request that is too wide for now', () => {
    const { set, started, running } = setup(2);
    set.arrive([0], ONE_SEAT, 0, 0);
    set.arrive([1], wide(2), 1, 1);
    set.arrive([1], ONE_SEAT, 2, 2);
    expect(started).toEqual([0]);
    set.finish(running[0]!, 10);
    expect(started).toEqual([0, 1]);
  });

  it('begins a request wider than the level when nothing else runs', () => {
    const { set, started, running } = setup(2);
    set.arrive([0], ONE_SEAT, 0, 0);
    set.arrive([1], wide(5), 1, 1);
    set.finish(running[0]!, 10);
    expect(started).toEqual([0, 1]);
    expect(set.seatsInUse).toBe(5);
  });

  it('keeps the seats of a write until its watchers are served', () => {
    const { set, started, running } = setup(3);
    set.arrive([0], { initialSeats: 1, finalSeats: 3, additionalLatencyNs: 5e6 }, 0, 0);
    expect(set.finish(running[0]!, 1e6)).toBe(5e6);
    set.arrive([0], ONE_SEAT, 1, 2e6);
    expect(started).toEqual([0]);
    set.release(running[0]!, 6e6);
    expect(started).toEqual([0, 1]);
  });

  it('begins nothing when a request gives up', () => {
    const { set, started } = setup(2);
    set.arrive([0], ONE_SEAT, 0, 0);
    const tooWide = set.arrive([1], wide(2), 1, 1);
    set.arrive([1], ONE_SEAT, 2, 2);
    set.abandon(tooWide, 3);
    expect(started).toEqual([0]);
    set.arrive([2], ONE_SEAT, 3, 4);
    expect(started).toEqual([0, 2]);
  });

  it('refuses at once where it has no queues, and nothing where it is exempt', () => {
    const reject = setup(1, null);
    expect([0, 1].map((tag) => reject.set.arrive([], ONE_SEAT, tag, 0) === NO_SEATS)).toEqual([false, true]);
    const exempt = setup(0, null, true);
    expect([0, 1].map((tag) => exempt.set.arrive([], ONE_SEAT, tag, 0) === NO_SEATS)).toEqual([false, false]);
  });

  it('serves every request of a random crowd once and ends with all seats free', () => {
    const { set, started, running } = setup(7, { queues: 8, handSize: 3, queueLengthLimit: 1000 });
    const stream = new AleaStream('crowd');
    let nowNs = 0;
    for (let tag = 0; tag < 500; tag++) {
      nowNs += stream.below(1e6);
      const finalSeats = stream.below(3) * 4;
      const work = { initialSeats: 1 + stream.below(9), finalSeats, additionalLatencyNs: 0 };
      set.arrive(dealHand(BigInt(stream.below(2 ** 32)), 8, 3), work, tag, nowNs);
      if (running.length > 0 && stream.below(3) === 0) set.finish(running.shift()!, nowNs);
    }
    while (running.length > 0) {
      nowNs += 1e6;
      set.finish(running.shift()!, nowNs);
    }
    expect(new Set(started).size).toBe(500);
    expect(started).toHaveLength(500);
    expect([set.requestsWaiting, set.requestsExecuting, set.seatsWaiting, set.seatsInUse]).toEqual([0, 0, 0, 0]);
  });
});
