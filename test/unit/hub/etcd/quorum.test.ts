import { describe, expect, it } from 'vitest';
import { Constant } from '../../../../src/random/constant.js';
import { at, slowHub, stored, write } from './writer.js';

describe('an etcd of several members', () => {
  it('commits what a majority has on disk: a wire to it, its disk, and a wire back', () => {
    const hub = slowHub(3);
    const answers = write(hub, 'w', 100);
    hub.engine.run(1e9);
    expect(answers.map(({ tookMs }) => tookMs)).toEqual(new Array(10).fill(11));
    expect(answers.every(({ code }) => code === 201)).toBe(true);
  });

  it('waits for its own disk alone with one member', () => {
    const hub = slowHub(1);
    const answers = write(hub, 'w', 100);
    hub.engine.run(1e9);
    expect(answers.map(({ tookMs }) => tookMs)).toEqual(new Array(10).fill(1));
  });

  it('has no work left when the last of it is answered, though leases follow', () => {
    const hub = slowHub(1, 1, { fsync: new Constant(30e6, '30ms') });
    write(hub, 'lease', 10_000, undefined, true);
    const answers = write(hub, 'w', 30);
    for (let ms = 1; answers.length < 3; ms++) hub.engine.run(ms * 1e6);
    expect(hub.engine.workPending).toBe(0);
  });

  it('does not wait for a slow minority, but for a slow leader', () => {
    const tookMs = (slow: number): number => {
      const hub = slowHub(3);
      hub.etcd.slowDisk(slow, 100);
      const answers = write(hub, 'w', 1000);
      hub.engine.run(5e9);
      return Math.max(...answers.map((answer) => answer.tookMs));
    };
    expect(tookMs(2)).toBe(11);
    // A write that comes when the leader has just begun with its disk, 100 ms, waits for that and for its own batch.
    expect(tookMs(0)).toBeGreaterThan(180);
    expect(tookMs(0)).toBeLessThanOrEqual(200);
  });

  it('elects another leader one to two seconds after its leader is gone, and takes no writes until then', () => {
    const hub = slowHub(3, 2);
    const answers = write(hub, 'w', 5000, hub.apiServers[1]);
    at(hub, 1000, () => hub.etcd.kill(0));
    hub.engine.run(20e9);
    expect(hub.etcd.leaderChanges).toBe(1);
    const doneMs = answers.map(({ sentMs, tookMs }) => sentMs + tookMs);
    expect(doneMs.filter((ms) => ms > 1020 && ms < 1900)).toEqual([]);
    const waited = answers.filter(({ sentMs }) => sentMs > 1020 && sentMs < 1900);
    expect(waited.every(({ code, tookMs }) => code === 201 && tookMs < 2100)).toBe(true);
    expect(answers.filter(({ code }) => code === 201).length).toBeGreaterThan(490);
  });

  it('elects another leader when the disk of its leader is silent for longer than the others wait', () => {
    const hub = slowHub(3, 2);
    const answers = write(hub, 'w', 8000, hub.apiServers[1]);
    at(hub, 1000, () => hub.etcd.slowDisk(0, 5000));
    at(hub, 1100, () => hub.etcd.slowDisk(0, 1));
    hub.engine.run(30e9);
    expect([hub.etcd.leaderChanges, hub.etcd.leaderIndex === 0]).toEqual([1, false]);
    // What the old leader took while its disk was silent is lost, and heard of no more; what it had sent to the others is not.
    const failed = answers.filter(({ code }) => code !== 201);
    expect(
      failed.every(({ sentMs, tookMs }) => sentMs > 1000 && sentMs < 3100 && tookMs >= 7000 && tookMs < 7600),
    ).toBe(true);
    expect(failed.length).toBeGreaterThan(85);
    const after = answers.filter(({ sentMs }) => sentMs > 3100);
    expect(after.every(({ code, tookMs }) => code === 201 && tookMs < 100)).toBe(true);
    const there = stored(hub);
    for (const { name, code } of answers) expect(there.has(name)).toBe(code === 201);
    expect(hub.engine.workPending).toBe(0);
  });

  it('keeps a leader whose disk is silent for less than that, and one that no majority could replace', () => {
    const changes = (slowness: number, others: number): number => {
      const hub = slowHub(3);
      write(hub, 'w', 3000);
      at(hub, 1000, () => hub.etcd.slowDisk(0, slowness));
      at(hub, 1000, () => hub.etcd.slowDisk(1, others));
      hub.engine.run(30e9);
      return hub.etcd.leaderChanges;
    };
    expect(changes(890, 1)).toBe(0);
    expect(changes(5000, 5000)).toBe(0);
    expect(changes(5000, 1)).toBeGreaterThan(0);
  });

  it('lets the clients of a member wait for its disk, whoever leads', () => {
    const hub = slowHub(3, 2);
    at(hub, 1000, () => hub.etcd.slowDisk(1, 500));
    const [near, far] = hub.apiServers.map((door, index) => write(hub, `w${index}`, 3000, door));
    hub.engine.run(30e9);
    const slowest = (answers: readonly { tookMs: number }[] = []): number =>
      Math.max(...answers.map(({ tookMs }) => tookMs));
    expect(slowest(near)).toBe(11);
    expect(slowest(far)).toBeGreaterThan(500);
    expect(hub.etcd.leaderChanges).toBe(0);
  });

  it('keeps what was answered, whatever becomes of its leaders', () => {
    const hub = slowHub(5, 2);
    const answers = hub.apiServers.map((door, index) => write(hub, `w${index}`, 20_000, door));
    for (const [turn, member] of [0, 1, 2, 3, 4].entries()) {
      at(hub, 1000 + 3500 * turn, () => hub.etcd.kill(member));
      at(hub, 3700 + 3500 * turn, () => hub.etcd.restart(member));
    }
    hub.engine.run(60e9);
    const all = answers.flat();
    const there = stored(hub);
    expect(all.length).toBe(4000);
    for (const { name, code } of all) if (code === 201) expect(there).toContain(name);
    expect(all.filter(({ code }) => code === 201).length).toBeGreaterThan(3850);
    expect(hub.etcd.leaderChanges).toBeGreaterThanOrEqual(1);
    expect(hub.engine.workPending).toBe(0);
  });

  it('fails writes after 7 s when it has no majority, and takes them again when it has', () => {
    const hub = slowHub(3);
    const answers = write(hub, 'w', 10_000);
    at(hub, 1000, () => hub.etcd.kill(1));
    at(hub, 1000, () => hub.etcd.kill(2));
    at(hub, 9000, () => hub.etcd.restart(2));
    hub.engine.run(60e9);
    const failed = answers.filter(({ code }) => code === 500);
    expect(failed.length).toBeGreaterThan(100);
    for (const { tookMs } of failed) expect(tookMs).toBeGreaterThanOrEqual(7000);
    for (const { tookMs } of failed) expect(tookMs).toBeLessThan(7600);
    expect(answers.find(({ sentMs }) => sentMs === 9900)!.code).toBe(201);
    expect(hub.engine.workPending).toBe(0);
  });
});
