import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifests } from '../../../src/api/manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/documented');
const FILES = readdirSync(FOLDER);

describe('manifests that come with Kubernetes and its documentation', () => {
  test.each(FILES)('%s is accepted as it stands, and what is ignored is listed once, with its place', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const { objects, warnings } = readManifests(text, file, { shapes: new PodShapes() });
    expect(objects.length).toBeGreaterThan(0);
    const lines = text.split('\n');
    for (const { line, path } of warnings) {
      const field = path.split('.').at(-1)!.replace(/\[.*$/, '');
      expect(lines[line - 1]).toContain(field);
    }
    const said = warnings.map(({ path, message }) => `${path.replace(/\[[0-9]+\]/g, '[*]')} ${message}`);
    expect(new Set(said).size).toBe(said.length);
  });

  test('are of many kinds', () => {
    const kinds = FILES.flatMap((file) =>
      readManifests(readFileSync(join(FOLDER, file), 'utf8'), file, { shapes: new PodShapes() }).objects.map(
        ({ kind }) => kind.name,
      ),
    );
    expect([...new Set(kinds)].sort()).toMatchInlineSnapshot(`
      [
        "ClusterRole",
        "ClusterRoleBinding",
        "ConfigMap",
        "DaemonSet",
        "Deployment",
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
        "ServiceAccount",
        "StatefulSet",
        "StorageClass",
      ]
    `);
  });
});
