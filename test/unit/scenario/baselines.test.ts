import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../../src/measure/summary.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

const FOLDER = join(import.meta.dirname, '../../../scenarios/baselines');

/** The summary of a baseline with some of its text replaced. */
function run(name: string, ...changes: readonly (readonly [from: string, to: string])[]): Summary {
  const file = join(FOLDER, name);
  const text = changes.reduce(
    (before, [from, to]) => {
      expect(before).toContain(from);
      return before.replace(from, to);
    },
    readFileSync(file, 'utf8'),
  );
  const readFile = (path: string): string => (path === file ? text : readFileSync(path, 'utf8'));
  return simulate(loadScenario(file, { readFile })).summary;
}

function lists({ hub }: Summary): number {
  return hub.byRequest.filter(({ verb }) => verb === 'list').reduce((sum, { count }) => sum + count, 0);
}

describe('polling', () => {
  test('costs clients × duration ÷ period requests, whatever happens', () => {
    // One may be under way at the edge of a period.
    const clients = Math.round(lists(run('watch-or-poll.yaml', ['atMost: 10m', 'atMost: 50s'])) / 10);
    expect(clients).toBeGreaterThan(40);
    for (const [periodSeconds, minutes] of [
      [5, 10],
      [2, 5],
      [30, 10],
    ] as const) {
      const summary = run(
        'watch-or-poll.yaml',
        ['every: 5s', `every: ${periodSeconds}s`],
        ['atMost: 10m', `atMost: ${minutes}m`],
      );
      const expected = (clients * minutes * 60) / periodSeconds;
      expect(Math.abs(lists(summary) / expected - 1)).toBeLessThan(0.01);
    }
  });

  test('comes to the same in the end as watching does, only later', () => {
    const until = ['stop: { when: horizon, atMost: 10m }', 'stop: { when: converged, atMost: 10m }'] as const;
    const polled = run('watch-or-poll.yaml', until);
    const watched = run('watch-or-poll.yaml', until, ['mode: poll', 'mode: watch']);
    expect([polled.end.reason, watched.end.reason]).toEqual(['converged', 'converged']);
    expect([polled.pods.running, watched.pods.running]).toEqual([30, 30]);
    // Deployment, ReplicaSet, scheduler, kubelet and the way back: each waits for its next turn.
    expect(polled.convergence.seconds!).toBeGreaterThan(watched.convergence.seconds! + 3 * 5);
    expect(polled.convergence.seconds!).toBeLessThan(watched.convergence.seconds! + 7 * 5);
    expect(lists(watched)).toBe(0);
  });
});

describe('a recipe', () => {
  const fault = '  - { at: 2m, fault: node-crash, nodes: [ node-0007 ] }\n';

  test('makes what was ordered, and reports that it has', () => {
    const summary = run('declarative-or-imperative.yaml', [fault, ''], ['when: horizon', 'when: converged']);
    expect(summary.end.reason).toBe('converged');
    expect(summary.orders).toEqual([
      { kind: 'Deployment', namespace: 'default', name: 'web', wanted: 30, running: 30 },
    ]);
  });

  test('leaves what breaks afterwards as it is, where controllers make up for it', () => {
    const running = (summary: Summary): number => summary.orders![0]!.running;
    expect(running(run('declarative-or-imperative.yaml'))).toBe(28);
    expect(running(run('declarative-or-imperative.yaml', ['control: imperative', 'control: declarative']))).toBe(30);
  });
});

describe('a mesh', () => {
  const until = ['stop: { when: horizon, atMost: 10m }', 'stop: { when: converged, atMost: 10m }'] as const;
  const lossless = ['loss: 0.01 }', 'loss: 0 }'] as const;

  test('comes to the same as a hub as long as every message arrives, and all agree', () => {
    const summary = run('hub-or-mesh.yaml', until, lossless);
    expect(summary.end.reason).toBe('converged');
    expect(summary.orders![0]!.running).toBe(30);
    expect(summary.mesh).toMatchObject({ programs: 23, links: (23 * 22) / 2, lost: 0 });
    // What is on its way at the end is not known to all yet.
    expect(run('hub-or-mesh.yaml', lossless).mesh!.disagreements).toBe(0);
  });

  test('tells every change to every other program', () => {
    const few = run('hub-or-mesh.yaml', until, lossless, ['count: 20', 'count: 2']).mesh!;
    expect(few).toMatchObject({ programs: 5, links: 10 });
    const { messages } = run('hub-or-mesh.yaml', until, lossless).mesh!;
    expect(messages).toBeGreaterThan(few.messages * 4);
  });

  test('never finds out what a lost message said: some disagree for good, where no watch of a hub does', () => {
    const disagreements = [1, 2, 3, 4, 5].map((seed) => {
      const mesh = run('hub-or-mesh.yaml', ['cluster:', `seed: ${seed}\ncluster:`]).mesh!;
      expect(Math.abs(mesh.lost / mesh.messages - 0.01)).toBeLessThan(0.003);
      return mesh.disagreements;
    });
    expect(disagreements.filter((count) => count === 0)).toEqual([]);
  });
});
