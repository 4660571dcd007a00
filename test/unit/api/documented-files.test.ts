import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HorizontalPodAutoscaler } from '../../../src/api/horizontal-pod-autoscaler.js';
import { readManifests } from '../../../src/api/manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { isManifest } from '../../../src/scenario/bare-manifest.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const FILES = ['documented', 'website'].flatMap((folder) =>
  readdirSync(join(FIXTURES, folder)).map((file) => join(folder, file)),
);

function read(file: string) {
  return readManifests(readFileSync(join(FIXTURES, file), 'utf8'), file, { shapes: new PodShapes() });
}

describe('manifests that come with Kubernetes and its documentation', () => {
  test.each(FILES)('%s is accepted as it stands, and what is ignored is listed once, with its place', (file) => {
    const text = readFileSync(join(FIXTURES, file), 'utf8');
    const { objects, warnings } = read(file);
    expect(objects.length).toBeGreaterThan(0);
    expect(isManifest(text)).toBe(true);
    const lines = text.split('\n');
    for (const { line, path } of warnings) {
      const field = path.split('.').at(-1)!.replace(/\[.*$/, '');
      expect(lines[line - 1]).toContain(field);
    }
    const said = warnings.map(({ path, message }) => `${path.replace(/\[[0-9]+\]/g, '[*]')} ${message}`);
    expect(new Set(said).size).toBe(said.length);
  });

  test('are of many kinds', () => {
    const kinds = FILES.flatMap((file) => read(file).objects.map(({ kind }) => kind.name));
    expect([...new Set(kinds)].sort()).toMatchInlineSnapshot(`
      [
        "ClusterRole",
        "ClusterRoleBinding",
        "ConfigMap",
        "DaemonSet",
        "Deployment",
        "HorizontalPodAutoscaler",
        "Job",
        "LimitRange",
        "Namespace",
        "PersistentVolume",
        "PersistentVolumeClaim",
        "Pod",
        "PodDisruptionBudget",
        "ReplicaSet",
        "ReplicationController",
        "ResourceQuota",
        "Role",
        "RoleBinding",
        "Secret",
        "Service",
        "ServiceAccount",
        "StatefulSet",
        "StorageClass",
      ]
    `);
  });

  test('what goes beyond YAML is read as kubectl reads it', () => {
    const [pod] = read('website/envars-file-container.yaml').sources;
    const said = `echo "DB_ADDRESS='address'\nREST_ENDPOINT='endpoint'" > /data/config.env`;
    expect(pod).toMatchObject({ spec: { initContainers: [{ command: ['sh', '-c', said] }] } });
    const [deployment] = read('website/pod-with-graceful-termination.yaml').sources;
    const lifecycle = { preStop: { exec: { command: ['/bin/sh', '-c', 'sleep 180'] } } };
    expect(deployment).toMatchObject({ spec: { template: { spec: { containers: [{ lifecycle }] } } } });
  });

  test('an autoscaler of autoscaling/v1 scales by its share of the requested processors', () => {
    const [autoscaler] = read('website/hpa-rs.yaml').objects;
    expect((autoscaler as HorizontalPodAutoscaler).spec).toMatchObject({
      targetKind: 'ReplicaSet',
      minReplicas: 3,
      maxReplicas: 10,
      metrics: [{ type: 'Resource', name: 'cpu', target: { type: 'Utilization', value: 50 } }],
    });
  });

  test('an autoscaler of autoscaling/v1 knows no fields of v2, and without a share has that of v2', () => {
    const text = readFileSync(join(FIXTURES, 'website/hpa-rs.yaml'), 'utf8');
    const none = text.replace(/^.*targetCPU.*$/m, '    metrics: [],');
    const { objects, warnings } = readManifests(none, 'hpa.yaml', { shapes: new PodShapes() });
    expect(warnings.map(({ path }) => path)).toEqual(['spec.metrics']);
    expect((objects[0] as HorizontalPodAutoscaler).spec.metrics[0]?.target.value).toBe(80);
    const wrong = text.replace('Percentage: 50', 'Percentage: 0');
    expect(() => readManifests(wrong, 'hpa.yaml', { shapes: new PodShapes() })).toThrow(/at least 1/);
  });
});
