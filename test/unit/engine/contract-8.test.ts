import { expect, test } from 'vitest';
import { Engine, type Recorder } from '../../../src/engine/index.js';

test('a recorder sees every event with the event that scheduled it, and what its kind waited for', () => {
  const log: string[] = [];
  const recorder: Recorder = {
    executed(id, causeId, timeNs, kind, target) {
      log.push(`${id} <- ${causeId}: ${engine.nameOf(kind)} ${target} at ${timeNs}, ${engine.waitCauseOf(kind)}`);
    },
  };
  const engine = new Engine({ recorder });
  const commit = engine.register('commit', () => {}, 'disk');
  const request = engine.register(
    'request',
    (target) => {
      engine.schedule(2, commit, target);
      engine.schedule(1, commit, -target);
    },
    'wire',
  );
  engine.schedule(10, request, 7);
  engine.run();
  engine.schedule(0, commit, 8);
  engine.run();
  expect(log).toEqual([
    '1 <- 0: request 7 at 10, wire',
    '3 <- 1: commit -7 at 11, disk',
    '2 <- 1: commit 7 at 12, disk',
    '4 <- 0: commit 8 at 12, disk',
  ]);
});

test('a recorder changes nothing in the run', () => {
  const fingerprint = (recorder: Recorder | undefined): string => {
    const engine = new Engine({ recorder });
    const kind = engine.register('split', (target) => {
      if (target < 500) for (const child of [1, 2]) engine.schedule(target % 7, kind, 2 * target + child);
    });
    engine.schedule(0, kind, 0);
    engine.run();
    return engine.fingerprint();
  };
  expect(fingerprint({ executed() {} })).toBe(fingerprint(undefined));
});
