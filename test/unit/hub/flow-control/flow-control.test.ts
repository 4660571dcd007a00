import { describe, expect, it } from 'vitest';
import { BORROWING_PERIOD_NS } from '../../../../src/hub/flow-control/borrowing.js';
import { FlowControl, REJECTED } from '../../../../src/hub/flow-control/flow-control.js';
import { userNamed } from '../../../../src/hub/flow-control/user.js';
import { ONE_SEAT } from '../../../../src/hub/flow-control/work-estimate.js';

const PODS = { verb: 'create', kind: { group: '', resource: 'pods' }, subresource: '', namespace: 'default' };
const LEASES = {
  verb: 'update',
  kind: { group: 'coordination.k8s.io', resource: 'leases' },
  subresource: '',
  namespace: 'kube-node-lease',
};

function setup(serverSeats = 600) {
  const running: number[] = [];
  const taker = { dispatched: (_: number, request: number) => void running.push(request) };
  return { running, control: new FlowControl({ serverSeats }, taker, 0) };
}

describe('flow control', () => {
  it('sends requests to the levels their users and resources belong to', () => {
    const { control } = setup();
    const levelOf = (user: string, request: typeof PODS) => control.asker(userNamed(user)).flowOf(request).level.name;
    expect(levelOf('system:masters', PODS)).toBe('exempt');
    expect(levelOf('system:node:node-0001', LEASES)).toBe('node-high');
    expect(levelOf('system:node:node-0001', PODS)).toBe('system');
    expect(levelOf('system:kube-scheduler', { ...PODS, subresource: 'binding' })).toBe('workload-high');
    expect(levelOf('system:kube-scheduler', LEASES)).toBe('leader-election');
    expect(levelOf('system:serviceaccount:kube-system:replicaset-controller', PODS)).toBe('workload-high');
    expect(levelOf('system:serviceaccount:default:default', PODS)).toBe('workload-low');
    expect(levelOf('alice', PODS)).toBe('global-default');
  });

  it('tells the flows of one user apart, whatever he asked for before', () => {
    const { control } = setup();
    const asker = control.asker(userNamed('system:node:node-0001'));
    const asked = [LEASES, LEASES, PODS, LEASES, { ...PODS, verb: 'patch' }, { ...PODS, namespace: 'other' }, PODS];
    const levels = asked.map((request) => asker.flowOf(request).level.name);
    expect(levels).toEqual(['node-high', 'node-high', 'system', 'node-high', 'system', 'system', 'system']);
    const user = control.asker(userNamed('system:serviceaccount:default:default'));
    const ofDefault = user.flowOf(PODS);
    expect(user.flowOf({ ...PODS, namespace: 'other' })).toBe(ofDefault);
    expect(user.flowOf(PODS)).toBe(ofDefault);
  });

  it('lets a flow wait in its hand of queues and then refuses, later and later', () => {
    const { running, control } = setup();
    const flow = control.asker(userNamed('alice')).flowOf(PODS);
    const level = control.levels[flow.levelIndex]!;
    const places = level.seatLimit + 6 * 50;
    for (let tag = 0; tag < places; tag++) expect(control.arrive(flow, ONE_SEAT, tag, 0)).not.toBe(REJECTED);
    expect(running).toHaveLength(level.seatLimit);
    for (let second = 0; second < 9; second++) {
      for (let i = 0; i < 10; i++) expect(control.arrive(flow, ONE_SEAT, 0, second * 1e9)).toBe(REJECTED);
    }
    expect(control.retryAfterSeconds(flow)).toBeGreaterThan(1);
    expect(level.queues.meter.rejected).toBe(90);
  });

  it('refuses a request that has waited too long', () => {
    const { control } = setup();
    const flow = control.asker(userNamed('alice')).flowOf(PODS);
    const level = control.levels[flow.levelIndex]!;
    const requests = Array.from({ length: level.seatLimit + 1 }, (_, tag) => control.arrive(flow, ONE_SEAT, tag, 0));
    const last = requests.at(-1)!;
    expect(requests.filter((request) => !control.isExecuting(request))).toEqual([last]);
    control.timeOut(last, 15e9);
    expect([level.queues.requestsWaiting, level.queues.meter.rejected]).toEqual([0, 1]);
  });

  it('lends a busy level the seats that the others do not need', () => {
    const { control } = setup();
    const flow = control.asker(userNamed('alice')).flowOf(PODS);
    const level = control.levels[flow.levelIndex]!;
    const before = level.seatLimit;
    for (let tag = 0; tag < before + 250; tag++) control.arrive(flow, ONE_SEAT, tag, 0);
    control.divide(BORROWING_PERIOD_NS);
    expect(level.seatLimit).toBeGreaterThan(4 * before);
    expect(level.queues.requestsExecuting).toBe(Math.min(level.seatLimit, before + 250));
  });

  it('limits the width of a request by its level', () => {
    const { control } = setup();
    const widthOf = (user: string) => control.widthLimit(control.asker(userNamed(user)).flowOf(PODS));
    expect(['alice', 'system:kube-scheduler', 'system:masters'].map(widthOf)).toEqual([8, 15, 0]);
  });
});
