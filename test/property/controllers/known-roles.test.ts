import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEPLOYMENT, REPLICA_SET } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import type { PodTemplate } from '../../../src/api/pod.js';
import type { PodShape } from '../../../src/api/pod-shape.js';
import type { Deployment, ReplicaSet } from '../../../src/api/workload.js';
import { partition } from '../../../src/spokes/controllers/deployment/find-replica-set.js';
import { KnownRoles } from '../../../src/spokes/controllers/deployment/known-roles.js';

const TEMPLATES = [0, 1, 2].map((): PodTemplate => ({ labels: {}, annotations: {}, shape: {} as PodShape }));

const MOVES = ['roll', 'annotate', 'report', 'add', 'remove', 'annotate one', 'resize one', 'report of one'] as const;
type Move = readonly [move: (typeof MOVES)[number], number: number];

/** A Deployment and its ReplicaSets, as a cache has them one after the other. */
class Rollout {
  deployment: Deployment;
  replicaSets: readonly ReplicaSet[];
  private nextId: number;

  constructor() {
    const metadata = ObjectMeta.of({ name: 'shop' });
    this.deployment = draft(DEPLOYMENT, metadata, { template: TEMPLATES[0] }, {}).stamped(7, 1, metadata) as Deployment;
    this.replicaSets = [];
    this.nextId = 0;
  }

  apply([move, number]: Move): void {
    const { deployment } = this;
    const { spec, metadata } = deployment;
    if (move === 'roll')
      this.deployment = deployment.withSpec({ ...spec, template: TEMPLATES[number % 3]! }) as Deployment;
    else if (move === 'annotate')
      this.deployment = deployment.withMetadata(metadata.with({ annotations: {} })) as Deployment;
    else if (move === 'report') this.deployment = deployment.withStatus({ ...deployment.status }) as Deployment;
    else if (move === 'add') this.replicaSets = [...this.replicaSets, this.newOne(number)];
    else this.changeOne(move, number % Math.max(1, this.replicaSets.length));
  }

  private newOne(number: number): ReplicaSet {
    const id = this.nextId++;
    const metadata = ObjectMeta.of({ name: `shop-${id}`, creationTimestampNs: number });
    const spec = { template: TEMPLATES[number % 3], replicas: 1 };
    return draft(REPLICA_SET, metadata, spec, {}).stamped(id, 1, metadata) as ReplicaSet;
  }

  private changeOne(move: Move[0], index: number): void {
    this.replicaSets = this.replicaSets.flatMap((each, at) => {
      if (at !== index) return [each];
      if (move === 'remove') return [];
      if (move === 'annotate one') return [each.withMetadata(each.metadata.with({ annotations: {} })) as ReplicaSet];
      if (move === 'resize one') return [each.withSpec({ ...each.spec, replicas: 2 }) as ReplicaSet];
      return [each.withStatus({ ...each.status }) as ReplicaSet];
    });
  }
}

test('what is known of roles is what a new look finds, and status reports leave it known', () => {
  const moves = fc.array(fc.tuple(fc.constantFrom(...MOVES), fc.nat(20)), { maxLength: 40 });
  fc.assert(
    fc.property(moves, (given) => {
      const rollout = new Rollout();
      const roles = new KnownRoles();
      for (const move of given) {
        rollout.apply(move);
        const known = roles.of(rollout.deployment, rollout.replicaSets);
        const found = partition(rollout.deployment, rollout.replicaSets);
        if (known !== undefined) expectSame(known, found);
        roles.keep(rollout.deployment, rollout.replicaSets, found);
        rollout.apply(['report', 0]);
        rollout.apply(['report of one', move[1]]);
        const again = roles.of(rollout.deployment, rollout.replicaSets);
        expectSame(again, partition(rollout.deployment, rollout.replicaSets));
      }
    }),
    { seed: 2026, numRuns: 300 },
  );
});

function expectSame(roles: ReturnType<KnownRoles['of']>, found: ReturnType<typeof partition>): void {
  expect(roles?.current).toBe(found.current);
  expect(roles?.old.length).toBe(found.old.length);
  for (const [index, each] of found.old.entries()) expect(roles?.old[index]).toBe(each);
}
