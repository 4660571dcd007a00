import { describe, expect, test } from 'vitest';
import { DEFAULT_PROFILE } from '../../../src/spokes/scheduler/default-profile.js';
import { DEFAULT_ARGS, type PluginArgs } from '../../../src/spokes/scheduler/plugin-args.js';
import type { ProfileOptions } from '../../../src/spokes/scheduler/scheduler-options.js';
import { SmallControlPlane } from './small-control-plane.js';

function profile(args: Partial<PluginArgs>, schedulerName = 'default-scheduler'): ProfileOptions {
  return { ...DEFAULT_PROFILE, schedulerName, args: { ...DEFAULT_ARGS, ...args } };
}

function strategy(
  type: 'MostAllocated' | 'RequestedToCapacityRatio',
  scores: readonly number[] = [],
): PluginArgs['nodeResourcesFit'] {
  const shape = scores.map((score, i) => ({ utilization: i * 50, score }));
  return {
    ...DEFAULT_ARGS.nodeResourcesFit,
    scoringStrategy: { type, resources: [{ name: 'cpu', weight: 1 }], shape },
  };
}

/** Where a pod goes that may choose between a node that is half full and one that is empty. */
function choice(args: Partial<PluginArgs>): string {
  const plane = new SmallControlPlane(0, [profile(args)]);
  plane.addNode('used', 1000);
  plane.createPod('first', '500m');
  plane.run(1);
  plane.addNode('empty', 1000);
  plane.createPod('second', '100m');
  plane.run(1);
  return plane.nodeOf('second');
}

describe('a profile', () => {
  test('spreads by default, packs with MostAllocated, and follows a shape', () => {
    expect(choice({})).toBe('empty');
    expect(choice({ nodeResourcesFit: strategy('MostAllocated') })).toBe('used');
    expect(choice({ nodeResourcesFit: strategy('RequestedToCapacityRatio', [0, 10, 10]) })).toBe('used');
    expect(choice({ nodeResourcesFit: strategy('RequestedToCapacityRatio', [10, 0, 0]) })).toBe('empty');
  });

  test('leaves out resources that it is told to ignore', () => {
    const nodeResourcesFit = { ...DEFAULT_ARGS.nodeResourcesFit, ignoredResourceGroups: ['example.com'] };
    const plane = new SmallControlPlane(0, [profile({ nodeResourcesFit })]);
    plane.addNode('n', 1000);
    const requests = { 'example.com/gpu': '1' };
    plane.createPod('p', '1m', { containers: [{ name: 'c', resources: { requests } }] });
    plane.run(1);
    expect(plane.nodeOf('p')).toBe('n');
  });

  test('asks of all nodes what addedAffinity says', () => {
    const terms = [{ matchExpressions: [{ key: 'pool', operator: 'In', values: ['batch'] }] }];
    const addedAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } };
    const plane = new SmallControlPlane(0, [profile({ nodeAffinity: { addedAffinity } })]);
    plane.addNode('other', 1000);
    plane.createPod('p', '1m');
    plane.run(1);
    expect(plane.pod('p')!.status.unschedulable).toContain(
      "0/1 nodes are available: 1 node(s) didn't match scheduler-enforced node affinity.",
    );
    plane.addNode('batch', 1000, { pool: 'batch' });
    plane.run(12);
    expect(plane.nodeOf('p')).toBe('batch');
  });

  test('may do without preemption', () => {
    const plugins = DEFAULT_PROFILE.plugins.filter(({ name }) => name !== 'DefaultPreemption');
    const plane = new SmallControlPlane(0, [{ ...DEFAULT_PROFILE, plugins }]);
    plane.addNode('n', 1000);
    plane.createPod('small', '1');
    plane.run(1);
    plane.createPod('important', '1', { priority: 5 });
    plane.run(2);
    expect(plane.pod('important')!.status.unschedulable).toBe('0/1 nodes are available: 1 Insufficient cpu.');
    expect(plane.nodeOf('small')).toBe('n');
  });

  test('serves the pods that ask for it by name, beside others', () => {
    const packing = profile({ nodeResourcesFit: strategy('MostAllocated') }, 'packing');
    const plane = new SmallControlPlane(0, [DEFAULT_PROFILE, packing]);
    plane.addNode('a', 2000);
    plane.createPod('first', '500m');
    plane.run(1);
    plane.addNode('b', 2000);
    plane.createPod('packed', '100m', { schedulerName: 'packing' });
    plane.createPod('nobody', '100m', { schedulerName: 'nobody' });
    plane.run(1);
    plane.createPod('spread', '100m');
    plane.run(1);
    expect(['packed', 'spread', 'nobody'].map((name) => plane.nodeOf(name))).toEqual(['a', 'b', '']);
  });
});
