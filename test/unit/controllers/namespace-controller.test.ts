import { describe, expect, it } from 'vitest';
import { CONFIG_MAP, DEPLOYMENT, EVENT, NAMESPACE, POD, REPLICA_SET } from '../../../src/api/kind.js';
import type { Namespace } from '../../../src/api/namespace.js';
import { WEB } from '../scenario/scenario-files.js';
import { WholeCluster } from './whole-cluster.js';

const SHOP = `apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
${WEB.replace('{ name: web }', '{ name: web, namespace: shop }')}---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { a: b }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: elsewhere }
data: { a: b }
`;

function emptied(finalizers = '') {
  const cluster = new WholeCluster({ delay: '1ms', podStart: '1s' });
  cluster.apply(SHOP.replace('{ name: settings', `{ name: settings${finalizers}`));
  cluster.runTo(20);
  const gone: [string, number][] = [];
  const startNs = cluster.engine.nowNs;
  cluster.measurements.onCommit = ({ type, object, committedNs }) => {
    if (type === 'DELETED') gone.push([object.kind.name, (committedNs - startNs) / 1e9]);
  };
  cluster.cluster.user.delete(NAMESPACE, '', 'shop');
  return { cluster, gone };
}

describe('the namespace controller', () => {
  it('deletes the pods first, then all else, then the namespace, and nothing is made again', () => {
    const { cluster, gone } = emptied();
    cluster.runTo(60);
    const kinds = gone.map(([kind]) => kind).filter((kind) => kind !== EVENT.name);
    expect(kinds.slice(0, 3)).toEqual(['Pod', 'Pod', 'Pod']);
    expect(kinds.slice(3, -1).sort()).toEqual(['ConfigMap', 'ConfigMap', 'Deployment', 'ReplicaSet', 'ServiceAccount']);
    expect(kinds.at(-1)).toBe('Namespace');
    for (const kind of [DEPLOYMENT, REPLICA_SET, POD]) expect(cluster.all(kind)).toEqual([]);
    expect(cluster.all(CONFIG_MAP).filter(({ metadata }) => metadata.namespace === 'shop')).toEqual([]);
    expect(cluster.quiet).toBe(true);
    expect(cluster.unconverged).toBe(0);
  });

  it('waits 5 s for other servers to hear of it, and 5 s more for its own note that pods are ending', () => {
    const { cluster, gone } = emptied();
    cluster.runTo(60);
    const at = (kind: string) => gone.filter(([one]) => one === kind).at(-1)![1];
    expect(at('Pod')).toBeCloseTo(6, 1);
    expect(at('Namespace')).toBeCloseTo(10, 0);
  });

  it('keeps a namespace whose content is held, and says so', () => {
    const { cluster } = emptied(', finalizers: [example.com/mine]');
    cluster.runTo(120);
    const namespace = cluster.cluster.hub.store.get(NAMESPACE, '', 'shop') as Namespace;
    expect(namespace.status.phase).toBe('Terminating');
    expect(namespace.status.conditions).toContainEqual({ type: 'NamespaceFinalizersRemaining', status: 'True' });
    expect(cluster.unconverged).toBe(1);
    cluster.cluster.user.change(CONFIG_MAP, 'shop', 'settings', {
      apply: (current) => current.withMetadata(current.metadata.with({ finalizers: [] })),
    });
    cluster.runTo(200);
    expect(cluster.cluster.hub.store.get(NAMESPACE, '', 'shop')).toBeUndefined();
  });
});
