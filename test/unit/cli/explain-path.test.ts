import { expect, test } from 'vitest';
import { pathText } from '../../../src/cli/explain/explain-path.js';
import type { CriticalPath } from '../../../src/measure/critical-path.js';

const PATH: CriticalPath = {
  end: 'converged',
  seconds: 10,
  causes: [{ name: 'kubelet: container created', cause: 'timer', seconds: 6, count: 1 }],
  links: [],
  workloads: [],
  podCount: 0,
  pods: [],
};

function text(seconds: number | null): string {
  return pathText(PATH, { setting: 'kubelet.podStart', bound: 4, seconds });
}

test('a wait whose end helps is advised against, with what there is to gain', () => {
  expect(text(5)).toContain('kubelet: container created → lower kubelet.podStart');
  expect(text(5)).toContain('4 s would be the least; a run so took 5 s, which is 83 % of what there was to gain.');
});

test('a wait that hides another is told so in plain words, and nothing is advised', () => {
  expect(text(10.2)).not.toContain('→');
  expect(text(10.2)).toContain(
    'Changing kubelet.podStart alone is in vain: a run without that wait took 10.2 s, no quicker, because others take its place.',
  );
  expect(text(9.9)).toContain('took 9.9 s, hardly quicker, because others take its place.');
  expect(text(9.9)).not.toContain('%.');
});

test('a run that does not converge without a wait is told', () => {
  expect(text(null)).toContain('a run so did not converge.');
});
