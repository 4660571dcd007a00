import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/api/call.js';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import type { ApiServerDoor } from '../../../src/client/connection.js';
import { sleep, type Task, TaskRunner } from '../../../src/client/task.js';
import { testHub } from '../hub/test-hub.js';

/** An API server that refuses the first calls and answers the others with 200, writing down when each came. */
function door(refusals: number, retryAfterSeconds: number, cameNs: number[], clock: { nowNs: number }): ApiServerDoor {
  let left = refusals;
  return {
    receive(call: Call, returnTo): void {
      cameNs.push(clock.nowNs);
      const refused = left-- > 0;
      call.code = refused ? 429 : 200;
      call.retryAfterSeconds = refused ? retryAfterSeconds : 0;
      returnTo.returned(call);
    },
    unwatch(): void {},
  };
}

function get(refusals: number, retryAfterSeconds: number, qps = 0): { codes: number[]; cameSeconds: number[] } {
  const hub = testHub();
  const cameNs: number[] = [];
  const program = hub.program('p', door(refusals, retryAfterSeconds, cameNs, hub.engine));
  const client = program.client('p', 'p', qps, 1);
  const codes: number[] = [];
  function* task(): Task {
    const call = client.get(CONFIG_MAP, 'default', 'a');
    yield sleep(0);
    yield call;
    codes.push(call.code);
  }
  new TaskRunner(program.process).start(task());
  hub.engine.run();
  return { codes, cameSeconds: cameNs.map((timeNs) => timeNs / 1e9) };
}

describe('a call that is refused for now', () => {
  it('is sent again after Retry-After, and whoever waits for it sees its last answer alone', () => {
    expect(get(2, 3)).toEqual({ codes: [200], cameSeconds: [0, 3, 6] });
  });

  it('takes a token for each try', () => {
    expect(get(1, 1, 0.125)).toEqual({ codes: [200], cameSeconds: [0, 8] });
  });

  it('fails after ten retries', () => {
    const { codes, cameSeconds } = get(100, 1);
    expect(codes).toEqual([429]);
    expect(cameSeconds).toHaveLength(11);
  });

  it('fails at once without a Retry-After', () => {
    expect(get(1, 0)).toEqual({ codes: [429], cameSeconds: [0] });
  });
});
