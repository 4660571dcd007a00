import { describe, expect, it } from 'vitest';
import { Call } from '../../../src/api/call.js';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { Engine } from '../../../src/engine/index.js';
import { CallTable } from '../../../src/hub/call-table.js';

const CALLER = { user: 'a', name: 'a', id: 0 } as unknown as Call['caller'];

describe('calls of a server that dies', () => {
  it('end as what they are, chore or work, and what ended them is what it was', () => {
    const engine = new Engine();
    const calls = new CallTable(engine);
    const ends: [string, boolean][] = [];
    const returnTo = { returned: ({ name }: Call) => ends.push([name, engine.inChore]) };
    for (const [name, chore] of [['lease', true] as const, ['pod', false] as const])
      calls.take(new Call(CALLER, 'get', CONFIG_MAP, '', 'default', name, undefined, chore, 0), returnTo);
    const kill = engine.register('test: kill', () => {
      calls.loseAll();
      ends.push(['kill', engine.inChore]);
    });
    engine.schedule(0, kill);
    engine.run();
    expect(ends).toEqual([
      ['lease', true],
      ['pod', false],
      ['kill', false],
    ]);
    expect(engine.workPending).toBe(0);
  });
});
