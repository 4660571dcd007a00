import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../../src/cli/program.js';
import { Processor } from '../../../src/engine/processor.js';
import { FlowQueues } from '../../../src/hub/flow-control/flow-queues.js';
import { scenarioFile } from '../../golden/golden-record.js';
import { FakeIo } from './fake-io.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hubsim-test-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

async function verified(name: string): Promise<{ code: number; err: string }> {
  const io = new FakeIo();
  const words = ['run', scenarioFile(name), '--verify', '--no-charts', '--no-report', '--out', join(root, 'out')];
  const code = await runProgram(words, io);
  return { code, err: io.errText };
}

describe('hubsim run --verify', () => {
  test('says how much it has checked', async () => {
    const { code, err } = await verified('my-spring-app');
    expect(code).toBe(0);
    expect(err).toMatch(/^my-spring-app: verified: \d+ queues, [\d,]+ arrivals\n$/);
  });

  test('fails loudly when a processor miscounts, and names the queue and the figures', async () => {
    vi.spyOn(Processor.prototype, 'queueLength', 'get').mockReturnValue(1);
    const { code, err } = await verified('my-spring-app');
    expect(code).toBe(3);
    expect(err).toMatch(/tasks that wait for a core: flow balance: (\d+) arrived, \1 left, but 1 are inside/);
  });

  test('fails loudly when requests that have begun stay in a queue of flow control', async () => {
    vi.spyOn(FlowQueues.prototype, 'startAlone').mockImplementation(function (this: FlowQueues, queue) {
      this.length[queue]!++;
    });
    const { code, err } = await verified('my-spring-app');
    expect(code).toBe(3);
    expect(err).toMatch(/flow control: .*: queue \d+: flow balance/);
  });
});
