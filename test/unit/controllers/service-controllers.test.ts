import { describe, expect, it } from 'vitest';
import type { EndpointSlice, Endpoints } from '../../../src/api/endpoint-slice.js';
import { DEPLOYMENT, ENDPOINT_SLICE, ENDPOINTS, REPLICA_SET, SERVICE } from '../../../src/api/kind.js';
import { WEB } from '../scenario/scenario-files.js';
import { WholeCluster } from './whole-cluster.js';

const SERVED = `${WEB.replace('image: web:1', 'image: web:1\n          ports: [ { name: http, containerPort: 8080 } ]')}---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { team: shop } }
spec: { selector: { app: web }, ports: [ { port: 80, targetPort: http } ] }
`;

function served(replicas: number) {
  const cluster = new WholeCluster({ delay: '1ms', podStart: '100ms', nodes: 10 });
  cluster.apply(SERVED.replace('replicas: 3', `replicas: ${replicas}`));
  cluster.runTo(20);
  return cluster;
}

const slicesOf = (cluster: WholeCluster) => cluster.all<EndpointSlice>(ENDPOINT_SLICE);
const readyIn = (slice: EndpointSlice) => slice.spec.endpoints.filter(({ ready }) => ready).length;

describe('the controllers of Services', () => {
  it('put every pod that runs into slices of at most 100, with the port by its name', () => {
    const slices = slicesOf(served(120));
    const sizes = slices.map(readyIn);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(120);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(slices[0]!.spec.ports).toEqual([{ name: '', protocol: 'TCP', port: 8080 }]);
    expect(slices[0]!.metadata.labels).toMatchObject({ team: 'shop', 'kubernetes.io/service-name': 'web' });
  });

  it('take pods out that go, and keep one empty slice', () => {
    const cluster = served(3);
    cluster.cluster.user.scale(DEPLOYMENT, 'default', 'web', 0);
    cluster.runTo(40);
    const slices = slicesOf(cluster);
    expect(slices.map(({ spec }) => spec.endpoints.length)).toEqual([0]);
    expect(cluster.stored<Endpoints>(ENDPOINTS, 'web').spec).toMatchObject({ ready: [], notReady: [] });
    expect(cluster.quiet).toBe(true);
  });

  it('keep the older Endpoints beside them', () => {
    const cluster = served(3);
    const ids = cluster.podsOf(REPLICA_SET).map(({ id }) => id);
    expect(cluster.stored<Endpoints>(ENDPOINTS, 'web').spec!.ready).toEqual(ids);
  });

  it('follow the selector of the Service', () => {
    const cluster = served(3);
    cluster.patch(SERVICE, 'web', { spec: { selector: { app: 'other' } } });
    cluster.runTo(40);
    expect(slicesOf(cluster).map(({ spec }) => spec.endpoints.length)).toEqual([0]);
  });

  it('leave nothing of a Service that is deleted', () => {
    const cluster = served(3);
    cluster.delete(SERVICE, 'web');
    cluster.runTo(40);
    expect([...slicesOf(cluster), ...cluster.all(ENDPOINTS)]).toEqual([]);
  });
});
