import { describe, expect, it } from 'vitest';
import type { HorizontalPodAutoscaler } from '../../../src/api/horizontal-pod-autoscaler.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load } from '../scenario/scenario-files.js';

const SHOP = (behavior = '', target = '{ type: Utilization, averageUtilization: 50 }') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [ { name: shop, image: shop, resources: { requests: { cpu: 200m } } } ] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec:
  scaleTargetRef: { kind: Deployment, name: shop }
  minReplicas: 2
  maxReplicas: 10
  metrics: [ { type: Resource, resource: { name: cpu, target: ${target} } } ]
  ${behavior}
`;

/** The same, for its memory. */
const MEMORY = SHOP('', '{ type: AverageValue, averageValue: 100Mi }')
  .replace('name: cpu', 'name: memory')
  .replace('requests: { cpu: 200m }', 'limits: { memory: 150Mi }');

function run(timeline: string, shop = SHOP(), seed = 1, delay = '0s', kubernetes = '1.36') {
  const files = {
    'main.yaml': `cluster:
  kubernetes: "${kubernetes}"
  profile: ideal
  nodes: [ { count: 3 } ]
  network: { delay: "${delay}" }
  kubelet: { model: hollow }
before: [ { apply: shop.yaml }, { demand: deployment/shop, cpu: 200m } ]
timeline: ${timeline}
`,
    'shop.yaml': shop,
  };
  const { summary } = simulate({ ...load(files), seed });
  return { summary, shop: summary.convergence.workloads.find(({ name }) => name === 'shop')! };
}

describe('a HorizontalPodAutoscaler', () => {
  it('brings as many pods as the load needs, within half a minute of having seen it', () => {
    const { summary, shop } = run('[ { at: 0s, demand: deployment/shop, cpu: 700m } ]');
    expect(summary.end.reason).toBe('converged');
    // With 8 they use 88m each, 44 %: too little by less than what rounding up the size makes of it.
    expect([7, 8]).toContain(shop.desired);
    // A reading every 15 s and a look every 15 s; 4 is as far as one look goes, and the next pods must be measured.
    expect(shop.changes.at(-1)!.at).toBeGreaterThan(15);
    expect(shop.changes.at(-1)!.at).toBeLessThan(120);
  });

  it('leaves the size alone where usage is within a tenth of its target', () => {
    const { shop } = run('[ { at: 0s, demand: deployment/shop, cpu: 215m } ]');
    expect([shop.desired, shop.changes.length]).toEqual([2, 0]);
  });

  it('has tolerances of its own for each direction, since 1.35', () => {
    const shop = SHOP('behavior: { scaleUp: { tolerance: "0.02" }, scaleDown: { tolerance: "0.8" } }');
    const more = '[ { at: 0s, demand: deployment/shop, cpu: 215m } ]';
    expect(run(more, shop).shop.desired).toBe(3);
    expect(run(more, shop, 1, '0s', '1.34').shop.desired).toBe(2);
    const less = '[ { at: 0s, demand: deployment/shop, cpu: 400m }, { at: 3m, demand: deployment/shop, cpu: 200m } ]';
    expect([4, 5]).toContain(run(less, shop).shop.desired);
  });

  it('scales by memory, which pods share as they share processors, each up to its limit', () => {
    const grown = run('[ { at: 0s, demand: deployment/shop, memory: 500Mi } ]', MEMORY);
    expect(grown.summary.end.reason).toBe('converged');
    expect(grown.shop.desired).toBe(5);
    // At first two pods show no more than their limits, 150Mi each.
    expect(grown.summary.pods.created).toBe(3);
    const first = grown.shop.changes[0]!.at;
    expect(first).toBeLessThan(60);
    expect(run('[ { at: 0s, demand: deployment/shop, memory: 205Mi } ]', MEMORY).shop.desired).toBe(2);
  });

  it('stops at the largest size it may have', () => {
    expect(run('[ { at: 0s, demand: deployment/shop, cpu: 50 } ]').shop.desired).toBe(10);
  });

  it('takes pods away 5 minutes after they were needed last', () => {
    const { summary, shop } = run(
      '[ { at: 0s, demand: deployment/shop, cpu: 700m }, { at: 5m, demand: deployment/shop, cpu: 200m } ]',
    );
    expect(shop.desired).toBe(2);
    expect(summary.pods.terminatingAt.p1).toBeGreaterThan(600);
    expect(summary.pods.terminatingAt.p1).toBeLessThan(660);
  });

  it('keeps to its behaviour: one pod a minute up, none down', () => {
    const behavior = `behavior:
    scaleUp: { policies: [ { type: Pods, value: 1, periodSeconds: 60 } ] }
    scaleDown: { selectPolicy: Disabled }`;
    const { shop, summary } = run('[ { at: 0s, demand: deployment/shop, cpu: 500m } ]', SHOP(behavior));
    expect(shop.desired).toBe(5);
    const [first, second, third] = shop.changes.map(({ at }) => at);
    expect(second! - first!).toBeGreaterThanOrEqual(60);
    expect(third! - second!).toBeGreaterThanOrEqual(60);
    expect(summary.pods.deleted).toBe(0);
  });

  it('takes average values too', () => {
    const { shop } = run(
      '[ { at: 0s, demand: deployment/shop, cpu: 600m } ]',
      SHOP('', '{ type: AverageValue, averageValue: 100m }'),
    );
    expect(shop.desired).toBe(6);
  });

  it('ends where 7 pods use half of their requests, or 8 no less than a tenth less, whatever the delays', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { shop, summary } = run(
        '[ { at: 0s, demand: deployment/shop, cpu: 700m, over: 20s } ]',
        SHOP(),
        seed,
        'exponential(mean=20ms)',
      );
      expect(summary.end.reason).toBe('converged');
      expect([7, 8]).toContain(shop.desired);
      expect(shop.available).toBe(shop.desired);
    }
  });
});

describe('a HorizontalPodAutoscaler in a file', () => {
  it('gets the defaults of the API server', () => {
    const scenario = load({
      'main.yaml': 'cluster: { nodes: [ { count: 1 } ] }\ntimeline: [ { at: 0s, apply: a.yaml } ]\n',
      'a.yaml':
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\nspec: { scaleTargetRef: { kind: Deployment, name: a }, maxReplicas: 3, behavior: { scaleUp: { stabilizationWindowSeconds: 30 } } }\n',
    });
    const [, step] = [0, scenario.timeline[0]!];
    const { spec } = step.action.objects![0] as HorizontalPodAutoscaler;
    expect(spec.minReplicas).toBe(1);
    expect(spec.metrics).toEqual([
      { type: 'Resource', name: 'cpu', container: '', target: { type: 'Utilization', value: 80 } },
    ]);
    expect(spec.behavior?.scaleUp).toMatchObject({ stabilizationWindowSeconds: 30, selectPolicy: 'Max' });
    expect(scenario.cluster.metricsServer.replicas).toBe(1);
  });
});
