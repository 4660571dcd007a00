import { describe, expect, test } from 'vitest';
import { DEPLOYMENT, NAMESPACE, REPLICA_SET } from '../../../src/api/kind.js';
import { KNOWN_MINORS, traitsOf, VERSION_CHANGES } from '../../../src/cluster/versions.js';
import { WholeCluster } from '../controllers/whole-cluster.js';
import { load, mistake, WEB } from '../scenario/scenario-files.js';

describe('versions of Kubernetes', () => {
  test('change at the minor that the table says, and only there', () => {
    for (const { trait, since, before, after } of VERSION_CHANGES) {
      const values = KNOWN_MINORS.map((minor) => traitsOf(minor)[trait]);
      expect(values, trait).toEqual(KNOWN_MINORS.map((minor) => (minor < since ? before : after)));
    }
  });

  test('that are not known are refused with those that are', () => {
    const of = (version: string) => ({ 'main.yaml': `cluster: { kubernetes: "${version}", nodes: [{ count: 1 }] }` });
    expect(load(of('1.30')).cluster.kubernetesMinor).toBe(30);
    for (const version of ['1.29', '1.37', '2.36', 'latest'])
      expect(mistake(of(version))).toContain('known are "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36"');
  });

  test('have gates that a scenario may set otherwise, and no others', () => {
    const of = (gates: string) => ({ 'main.yaml': `cluster: { featureGates: { ${gates} }, nodes: [{ count: 1 }] }` });
    expect(load(of('WatchListClient: false')).cluster.traits.listsBeforeWatching).toBe(true);
    expect(load(of('MaxUnavailableStatefulSet: true')).cluster.traits.statefulSetMaxUnavailable).toBe(true);
    expect(mistake(of('WatchListClients: true'))).toContain('did you mean "WatchListClient"?');
  });

  test.each(KNOWN_MINORS)('1.%i rolls out, scales and ends a namespace', (minor) => {
    const cluster = new WholeCluster({ delay: '1ms', podStart: '1s', minor });
    cluster.apply(`{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }\n---\n${WEB}`);
    cluster.runTo(30);
    cluster.cluster.user.scale(DEPLOYMENT, 'default', 'web', 5);
    cluster.cluster.user.delete(NAMESPACE, '', 'shop');
    cluster.runTo(90);
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(5);
    expect(cluster.unconverged).toBe(0);
    expect(cluster.quiet).toBe(true);
  });
});
