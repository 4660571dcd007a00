import { expect, test } from 'vitest';
import { Trace } from '../../../src/engine/index.js';
import { WaitSums } from '../../../src/measure/wait-sums.js';

test('the sums of a chain are those of its links, and begin anew once taken', () => {
  const trace = new Trace();
  const labels = [3, trace.nameWait('a', 'queue'), 3, 2000, trace.nameWait('b', 'wire'), trace.nameWait('c', 'wire')];
  let record = 0;
  for (let step = 0; step < 50; step++) record = trace.waited(record, (step + 1) * (step + 2), labels[step % 6]!);
  for (const sinceNs of [0, 41, 700]) {
    const links = new Map<number, { ns: number; count: number }>();
    for (const { fromNs, toNs, label } of trace.chain(record, sinceNs)) {
      const { ns, count } = links.get(label) ?? { ns: 0, count: 0 };
      links.set(label, { ns: ns + toNs - fromNs, count: count + 1 });
    }
    const sums = new WaitSums();
    trace.sum(record, sinceNs, sums);
    expect([...sums.take()]).toEqual([...links].map(([label, share]) => ({ label, ...share })));
    expect([...sums.take()]).toEqual([]);
  }
});
