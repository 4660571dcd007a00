import { describe, expect, it } from 'vitest';
import { compressedBytes } from '../../../src/api/compression.js';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { KindRegistry } from '../../../src/api/kind-registry.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { JSON_LENGTH, jsonBytes, ObjectBytes } from '../../../src/hub/object-bytes.js';
import { encodingsOf, SendGroup } from '../../../src/hub/send-group.js';
import { Watcher } from '../../../src/hub/watcher.js';
import type { Summary } from '../../../src/measure/summary.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { defineKind, kindDefinition } from '../../../src/spokes/custom/kind-definition.js';
import { load, WEB } from '../scenario/scenario-files.js';

const JSON_TYPE = 'contentType: application/json';

/** A Deployment that grows a little. */
function grown(cluster: string, files: Readonly<Record<string, string>> = {}): Summary {
  const scenario = `seed: 1
cluster:
  profile: vm-2-core
  nodes: [{ count: 5 }]
${cluster}before: [{ apply: web.yaml }]
timeline: [{ at: 0s, scale: deployment/web, replicas: 40 }]
stop: { when: converged, atMost: 10m }
`;
  return simulate(load({ 'main.yaml': scenario, 'web.yaml': WEB, ...files })).summary;
}

/** Bytes of the answers to one client. */
function answered({ hub }: Summary, client: string): number {
  return hub.byRequest.filter((row) => row.client === client).reduce((sum, { bytes }) => sum + bytes, 0);
}

describe('objects of custom resources', () => {
  it('are JSON in any case', () => {
    const kinds = new KindRegistry();
    const ref = defineKind({ apiVersion: 'shop.example/v1', kind: 'Widget', plural: 'widgets' });
    const bytes = new ObjectBytes();
    const of = (kind: typeof CONFIG_MAP): number =>
      bytes.of(draft(kind, ObjectMeta.of({ namespace: 'shop', name: 'a' }), { text: 'x'.repeat(1000) }, undefined));
    expect(of(kinds.register(kindDefinition(ref)))).toBe(jsonBytes(of(CONFIG_MAP)));
  });
});

describe('clients that speak JSON', () => {
  const plain = grown('');

  it.each([
    ['controllerManager', 'replicaset-controller'],
    ['kubelet', 'kubelet'],
  ])('get longer answers and changes: %s', (component, client) => {
    const json = grown(`  ${component}: { ${JSON_TYPE} }\n`);
    expect(answered(json, client)).toBeGreaterThan(1.3 * answered(plain, client));
    expect(answered(json, client)).toBeLessThan(1.6 * answered(plain, client));
    expect(json.hub.bytesSent.watches).toBeGreaterThan(1.05 * plain.hub.bytesSent.watches);
    expect(json.pods.created).toBe(plain.pods.created);
  });

  it('have each change encoded once more, and longer, however many they are', () => {
    const sink = { matches: () => true, push: () => undefined, bookmark: () => undefined, closed: () => undefined };
    const group = new SendGroup();
    const encodings = [false, false, true, true].map((json) => {
      group.add(new Watcher(sink, 10, json));
      return encodingsOf([group]);
    });
    expect(encodings).toEqual([1, 1, 1 + JSON_LENGTH, 1 + JSON_LENGTH]);
  });

  it('may be a scheduler whose KubeSchedulerConfiguration says so', () => {
    const config = `apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nclientConnection: { ${JSON_TYPE} }\n`;
    const json = grown('  scheduler: { config: scheduler.yaml }\n', { 'scheduler.yaml': config });
    expect(json.hub.bytesSent.watches).toBeGreaterThan(1.02 * plain.hub.bytesSent.watches);
  });
});

describe('an answer on the wire', () => {
  it('is compressed if it is longer than 128 KiB', () => {
    expect(compressedBytes(131072)).toBe(131072);
    expect(compressedBytes(131073)).toBe(19344);
  });

  it('counts as it is sent', () => {
    const list = (objects: number): number => {
      const scenario = `seed: 1
cluster: { profile: ideal, nodes: [{ count: 1 }] }
timeline:
  - { at: 0s, load: closed, clients: 1, verb: list, resource: configmaps, bytes: 1000, objects: ${objects}, count: 1 }
stop: { when: horizon, atMost: 2s }
`;
      return answered(simulate(load({ 'main.yaml': scenario })).summary, 'load');
    };
    expect(list(100)).toBeGreaterThan(70_000);
    expect(list(1000)).toBeLessThan(2 * list(100));
  });
});
