import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, WEB } from './scenario-files.js';

/** Convergence, and the end, of a cluster of three nodes with `web` after some steps. */
function ran(steps: readonly string[]): { convergence: number | null; end: number } {
  const scenario = `seed: 1
cluster:
  profile: ideal
  nodes: [{ count: 3, capacity: { cpu: 4, memory: 8Gi, pods: 110 } }]
  kubelet: { model: hollow, podStart: 1s, nodeStatus: false }
before: [{ apply: web.yaml }]
timeline:
${steps.map((step) => `  - ${step}`).join('\n')}
stop: { when: converged, atMost: 30m }
`;
  const { summary } = simulate(load({ 'main.yaml': scenario, 'web.yaml': WEB }));
  expect(summary.end.reason).toBe('converged');
  return { convergence: summary.convergence.seconds, end: summary.end.virtualSeconds };
}

const GROW = '{ at: 0s, scale: deployment/web, replicas: 6 }';

describe('convergence.seconds', () => {
  it('counts from the last order, even if one before it was not carried out yet', () => {
    const { convergence } = ran([GROW, '{ at: 500ms, scale: deployment/web, replicas: 5 }']);
    expect(convergence).toBeGreaterThanOrEqual(0.5);
    expect(convergence).toBeLessThan(1);
  });

  it('does not begin anew at a fault that comes before an order is carried out', () => {
    const { convergence } = ran([GROW, '{ at: 500ms, fault: node-crash, nodes: [node-0002] }']);
    expect(convergence).toBeGreaterThan(300);
    expect(convergence).toBeLessThan(400);
  });

  it('begins anew at a fault that finds all as desired', () => {
    const { convergence, end } = ran([GROW, '{ at: 5m, fault: node-crash, nodes: [node-0002] }']);
    expect(convergence).toBeGreaterThan(300);
    expect(convergence).toBeLessThan(400);
    expect(end).toBeCloseTo(300 + convergence!, 6);
  });

  it('does not wait for the end of a fault that is survived before, but the run does', () => {
    const { convergence, end } = ran([GROW, '{ at: 5m, fault: node-crash, nodes: [node-0002], for: 20m }']);
    expect(convergence).toBeLessThan(400);
    expect(end).toBeGreaterThanOrEqual(1_500);
  });
});
