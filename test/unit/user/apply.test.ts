import { describe, expect, test } from 'vitest';
import { DEPLOYMENT, REPLICA_SET } from '../../../src/api/kind.js';
import type { Deployment } from '../../../src/api/workload.js';
import { WholeCluster } from '../controllers/whole-cluster.js';
import { WEB } from '../scenario/scenario-files.js';

const web = (cluster: WholeCluster) => cluster.stored<Deployment>(DEPLOYMENT, 'web');
const UNSCALED = WEB.replace('  replicas: 3\n', '');

describe('kubectl apply', () => {
  test('of the same manifest changes nothing', () => {
    const cluster = new WholeCluster();
    cluster.apply(WEB);
    cluster.runTo(10);
    const before = web(cluster);
    cluster.apply(WEB);
    cluster.runTo(20);
    expect(web(cluster)).toBe(before);
  });

  test('leaves alone what the manifest does not speak of', () => {
    const cluster = new WholeCluster();
    cluster.apply(UNSCALED);
    cluster.runTo(10);
    expect(web(cluster).spec.replicas).toBe(1);
    cluster.cluster.user.scale(DEPLOYMENT, 'default', 'web', 5);
    cluster.runTo(20);
    cluster.apply(UNSCALED.replace('web:1', 'web:2'));
    cluster.runTo(60);
    expect(web(cluster).spec).toMatchObject({ replicas: 5, template: { shape: { images: ['web:2'] } } });
    expect(web(cluster).metadata.annotations['deployment.kubernetes.io/revision']).toBe('2');
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(5);
  });

  test('takes away what the manifest no longer has', () => {
    const cluster = new WholeCluster();
    cluster.apply(WEB.replace('{ name: web }', '{ name: web, labels: { team: shop, tier: front } }'));
    cluster.runTo(10);
    cluster.apply(WEB.replace('{ name: web }', '{ name: web, labels: { tier: back } }'));
    cluster.runTo(20);
    expect(web(cluster).metadata.labels).toEqual({ tier: 'back' });
  });
});
