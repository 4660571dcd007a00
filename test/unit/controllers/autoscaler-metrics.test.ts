import { describe, expect, it } from 'vitest';
import { readManifests } from '../../../src/api/manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { toManifest } from '../../../src/api/to-manifest.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake } from '../scenario/scenario-files.js';

const AUTOSCALER = (metric: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec:
  scaleTargetRef: { kind: Deployment, name: shop }
  minReplicas: 2
  maxReplicas: 10
  metrics: [ ${metric} ]
`;

const SHOP = (metric: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - { name: shop, image: shop, resources: { requests: { cpu: 200m } } }
        - { name: proxy, image: proxy, resources: { requests: { cpu: 100m }, limits: { cpu: 300m } } }
---
${AUTOSCALER(metric)}`;

const MAIN = (timeline: string) => `cluster: { profile: ideal, nodes: [ { count: 3 } ], kubelet: { model: hollow } }
before: [ { apply: shop.yaml } ]
timeline: ${timeline}
`;

function run(timeline: string, metric: string) {
  const { summary } = simulate(load({ 'main.yaml': MAIN(timeline), 'shop.yaml': SHOP(metric) }));
  expect(summary.end.reason).toBe('converged');
  return summary.convergence.workloads.find(({ name }) => name === 'shop')!;
}

const EXTERNAL = (target: string) =>
  `{ type: External, external: { metric: { name: queue-length }, target: ${target} } }`;
const PODS = '{ type: Pods, pods: { metric: { name: requests }, target: { type: AverageValue, averageValue: 250 } } }';
const OBJECT = (target: string) =>
  `{ type: Object, object: { describedObject: { apiVersion: networking.k8s.io/v1, kind: Ingress, name: main }, metric: { name: hits }, target: ${target} } }`;
const CONTAINER = (name: string) =>
  `{ type: ContainerResource, containerResource: { name: cpu, container: ${name}, target: { type: Utilization, averageUtilization: 50 } } }`;

describe('a HorizontalPodAutoscaler with a metric of type', () => {
  it('External has as many pods as parts of the target make up the value', () => {
    const metric = EXTERNAL('{ type: AverageValue, averageValue: 30 }');
    expect(run('[ { at: 0s, metric: queue-length, value: 250 } ]', metric).desired).toBe(9);
    // 2 pods with 32 each are within a tenth of 30.
    expect(run('[ { at: 0s, metric: queue-length, value: 64 } ]', metric).desired).toBe(2);
  });

  it('External with a value is scaled in proportion, look by look, until it has come down or is at its largest', () => {
    const metric = EXTERNAL('{ type: Value, value: 100 }');
    const timeline = '[ { at: 0s, metric: queue-length, value: 150 }, { at: 16s, metric: queue-length, value: 100 } ]';
    expect(run(timeline, metric).desired).toBe(3);
    expect(run('[ { at: 0s, metric: queue-length, value: 150 } ]', metric).desired).toBe(10);
  });

  it('Pods looks at what its ready pods share alike', () => {
    expect(run('[ { at: 0s, metric: requests, value: 1k, pods: deployment/shop } ]', PODS).desired).toBe(4);
    expect(run('[ { at: 0s, metric: requests, value: 1k, pods: deployment/other } ]', PODS).desired).toBe(2);
  });

  it('Pods follows a value that rises evenly, and the run ends when that has been seen', () => {
    const { desired, changes } = run(
      '[ { at: 0s, metric: requests, value: 2k, pods: deployment/shop, over: 4m } ]',
      PODS,
    );
    expect(desired).toBe(8);
    expect(changes.length).toBeGreaterThan(3);
    expect(changes.at(-1)!.at).toBeGreaterThan(180);
  });

  it('Object looks at the metric of that object in its own namespace', () => {
    const average = OBJECT('{ type: AverageValue, averageValue: 100 }');
    expect(run('[ { at: 0s, metric: hits, value: 550, of: ingress/main } ]', average).desired).toBe(6);
    expect(run('[ { at: 0s, metric: hits, value: 550, of: ingress/other } ]', average).desired).toBe(2);
    expect(run('[ { at: 0s, metric: hits, value: 550, of: ingress/main, namespace: b } ]', average).desired).toBe(2);
  });

  it('ContainerResource looks at one container, which uses no more than its own limit', () => {
    const proxy = '[ { at: 0s, demand: deployment/shop, cpu: 250m, container: proxy } ]';
    // With 5 they use half of what they request, with 6 hardly more than a tenth less.
    expect([5, 6]).toContain(run(proxy, CONTAINER('proxy')).desired);
    expect(run(proxy, CONTAINER('shop')).desired).toBe(2);
    const first = '[ { at: 0s, demand: deployment/shop, cpu: 500m } ]';
    expect([5, 6]).toContain(run(first, CONTAINER('shop')).desired);
    expect(run(first, CONTAINER('proxy')).desired).toBe(2);
    const both =
      '[ { at: 0s, demand: deployment/shop, cpu: 500m }, { at: 0s, demand: deployment/shop, cpu: 250m, container: proxy } ]';
    const whole = '{ type: Resource, resource: { name: cpu, target: { type: AverageValue, averageValue: 250m } } }';
    expect(run(both, whole).desired).toBe(3);
  });

  it('that nobody has given a value leaves its target alone', () => {
    const metric = EXTERNAL('{ type: AverageValue, averageValue: 30 }');
    expect(run('[ { at: 0s, metric: queue, value: 250 } ]', metric).desired).toBe(2);
  });
});

describe('the metrics of a HorizontalPodAutoscaler in a file', () => {
  const read = (metric: string) => readManifests(AUTOSCALER(metric), 'a.yaml', { shapes: new PodShapes() });

  it('are kept as they were written', () => {
    for (const metric of [
      PODS,
      CONTAINER('shop'),
      OBJECT('{ type: Value, value: 5 }'),
      EXTERNAL('{ type: Value, value: 5 }'),
    ]) {
      const { objects, sources } = read(metric);
      expect(toManifest(objects[0]!)).toMatchObject({ spec: { metrics: readNumbers(sources[0]!.spec) } });
    }
  });

  it('need what their type speaks of, and a target that it knows', () => {
    expect(() => read('{ type: Pods, object: {} }')).toThrow(/is missing/);
    expect(() => read(PODS.replace('averageValue', 'value'))).toThrow(/is missing/);
    expect(() => read(EXTERNAL('{ type: Value, value: 0 }'))).toThrow('must be positive, not 0');
    expect(() => read(EXTERNAL('{ type: Value, value: [] }'))).toThrow('must be a quantity, not []');
    expect(() => read(EXTERNAL('{ type: Value, value: 1, averageValue: 1 }'))).toThrow(
      /only one of averageValue and value/,
    );
    expect(() => read(OBJECT('{ type: Value }'))).toThrow(/is missing/);
  });

  it('are told apart by their names alone, and that is said of a selector', () => {
    const selected = EXTERNAL('{ type: Value, value: 5 }').replace(
      'queue-length',
      'queue, selector: { matchLabels: { a: b } }',
    );
    expect(read(selected).warnings.map(({ path }) => path)).toEqual(['spec.metrics[0].external.metric.selector']);
  });
});

describe('a step that says what a metric is', () => {
  const refused = (step: string) => mistake({ 'main.yaml': MAIN(`[ { at: 0s, ${step} } ]`), 'shop.yaml': SHOP(PODS) });

  it('is refused with its place if that makes no sense', () => {
    expect(refused('metric: a, value: -1')).toMatch(/value: must not be negative/);
    expect(refused('metric: a, value: much')).toMatch(/value/);
    expect(refused('metric: a, value: 1, pods: deployment/a, of: ingress/a')).toMatch(
      /of: a metric is of pods or of one object/,
    );
    expect(refused('metric: a, value: 1, pods: service/a')).toMatch(/pods: a Service has no pods that share a metric/);
    expect(refused('metric: a, value: 1, of: node/a')).toMatch(/of: a Node is in no namespace/);
  });
});

/** Metrics with quantities as hubsim prints them. */
function readNumbers(spec: unknown): unknown {
  const { metrics } = spec as { readonly metrics: unknown };
  return JSON.parse(JSON.stringify(metrics).replace(/"(value|averageValue)":(\d+)/g, '"$1":"$2000m"'));
}
