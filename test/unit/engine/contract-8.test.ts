import { expect, test } from 'vitest';
import { Engine, Trace } from '../../../src/engine/index.js';

/** The chain that ends now, last link first. */
function chainOf(engine: Engine, trace: Trace, sinceNs = 0): string[] {
  return [...trace.chain(trace.current, sinceNs)].map(({ fromNs, toNs, label }) => {
    const { name, cause } = engine.waitOf(label);
    return `${name} (${cause}) ${fromNs} to ${toNs}`;
  });
}

test('a chain leads from an event to what caused it, wait by wait, without gaps', () => {
  const trace = new Trace();
  const engine = new Engine({ trace });
  const chains: string[][] = [];
  const commit = engine.register('commit', () => chains.push(chainOf(engine, trace)), 'disk');
  const step = engine.register('step', () => engine.schedule(2, commit));
  const request = engine.register('request', () => engine.schedule(0, step), 'wire');
  engine.schedule(10, request);
  engine.run();
  expect(chains).toEqual([['commit (disk) 10 to 12', 'request (wire) 0 to 10']]);
});

test('a chain is cut off where it was asked to begin', () => {
  const trace = new Trace();
  const engine = new Engine({ trace });
  let chain: string[] = [];
  const second = engine.register('second', () => {
    chain = chainOf(engine, trace, 7);
  });
  const first = engine.register('first', () => engine.schedule(5, second));
  engine.schedule(
    3,
    engine.register('start', () => engine.schedule(2, first)),
  );
  engine.run();
  expect(chain).toEqual(['second (none) 7 to 10']);
});

test('a queue of the model hands the cause of an entry on, and names the wait', () => {
  const trace = new Trace();
  const engine = new Engine({ trace });
  const waits = trace.nameWait('waits for its turn', 'queue');
  let chain: string[] = [];
  let entry = 0;
  const served = engine.register('served', () => {
    chain = chainOf(engine, trace);
  });
  const put = engine.register('put', () => {
    entry = trace.current;
  });
  const take = engine.register('take', () => {
    trace.resume(entry, engine.nowNs, waits);
    engine.schedule(1, served);
  });
  engine.schedule(4, put);
  engine.schedule(9, take);
  engine.run();
  expect(chain).toEqual(['served (none) 9 to 10', 'waits for its turn (queue) 4 to 9', 'put (none) 0 to 4']);
});

test('an event that stands in for another takes the name of what it schedules for its instant', () => {
  const trace = new Trace();
  const engine = new Engine({ trace });
  let chain: string[] = [];
  const decoded = engine.register(
    'decoded',
    () => {
      chain = chainOf(engine, trace);
    },
    'processor',
  );
  const done = engine.register('task done', () => engine.schedule(0, decoded), 'processor');
  trace.standIn(done);
  engine.schedule(4, done);
  engine.run();
  expect(chain).toEqual(['decoded (processor) 0 to 4']);
});

test('a trace that is full says so, and the run goes on', () => {
  const trace = new Trace(65_536);
  const engine = new Engine({ trace });
  const tick = engine.register('tick', (left) => left > 0 && engine.schedule(1, tick, left - 1));
  engine.schedule(1, tick, 70_000);
  expect(engine.run().reason).toBe('empty');
  expect(trace.full).toBe(true);
  expect(engine.eventsExecuted).toBe(70_001);
});

test('a trace changes nothing in the run', () => {
  const fingerprint = (trace: Trace | undefined): string => {
    const engine = new Engine({ trace });
    const kind = engine.register('split', (target) => {
      if (target < 500) for (const child of [1, 2]) engine.schedule(target % 7, kind, 2 * target + child);
    });
    engine.schedule(0, kind, 0);
    engine.run();
    return engine.fingerprint();
  };
  expect(fingerprint(new Trace())).toBe(fingerprint(undefined));
});
