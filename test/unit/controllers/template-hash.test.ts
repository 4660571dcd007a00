import { describe, expect, it } from 'vitest';
import { GoDump } from '../../../src/spokes/controllers/deployment/go-dump.js';
import { templateHash } from '../../../src/spokes/controllers/deployment/template-hash.js';

const hashOf = (template: Readonly<Record<string, unknown>>): string =>
  templateHash(new GoDump().podTemplate(template), undefined);

/** Hashes that controller.ComputeHash of Kubernetes 1.36 gives for the same JSON. */
describe('the pod-template-hash', () => {
  it('is that of Kubernetes for a template with a little of everything', () => {
    const template = {
      metadata: { labels: { b: '1', a: '2' }, annotations: { x: 'y z' } },
      spec: {
        nodeSelector: { k: 'v' },
        volumes: [
          { name: 'v', emptyDir: { sizeLimit: '1Gi' } },
          { name: 'cm', configMap: { name: 'n', defaultMode: 420 } },
        ],
        containers: [
          {
            name: 'c',
            image: 'i',
            command: ['a', 'b c'],
            resources: {
              requests: { cpu: '100m', memory: '1.5Gi' },
              limits: { cpu: '1.5', memory: '128Mi', 'nvidia.com/gpu': 2 },
            },
            ports: [{ containerPort: 80 }],
            readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
            livenessProbe: { httpGet: { path: '/', port: 'http' } },
            env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            securityContext: {},
          },
        ],
        terminationGracePeriodSeconds: 30,
        tolerations: [{ key: 'k', operator: 'Exists', tolerationSeconds: 300 }],
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 1,
                podAffinityTerm: {
                  topologyKey: 'z',
                  labelSelector: {
                    matchLabels: { a: 'b' },
                    matchExpressions: [{ key: 'a', operator: 'In', values: ['x'] }],
                  },
                },
              },
            ],
          },
        },
        automountServiceAccountToken: false,
      },
    };
    expect(hashOf(template)).toBe('59f6fff455');
  });

  it('is that of Kubernetes for quantities of every form', () => {
    const texts = ['0', '12345678901234567890', '0.1', '1.0', '1Ki', '0.5Mi', '100k', '1500u', '2.50', '1024M', '1E'];
    const requests: Record<string, string> = { cpu: '1000m', memory: '1e3' };
    for (const [index, text] of texts.entries()) requests['abcdefghijk'[index]!] = text;
    expect(hashOf({ metadata: {}, spec: { containers: [{ name: 'c', resources: { requests } }] } })).toBe('8677f8f7d4');
  });
});
