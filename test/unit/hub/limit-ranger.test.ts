import { describe, expect, it } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { toManifest } from '../../../src/api/to-manifest.js';
import { WholeCluster } from '../controllers/whole-cluster.js';

const RANGE = `apiVersion: v1
kind: LimitRange
metadata: { name: team }
spec:
  limits:
    - type: Container
      default: { cpu: 500m, memory: 256Mi }
      defaultRequest: { cpu: 100m }
      max: { cpu: "1" }
      min: { cpu: 50m }
      maxLimitRequestRatio: { memory: "2" }
    - type: Pod
      max: { memory: 1Gi }
`;

/** What the cluster says to a pod of one container with these resources. */
function answer(resources: string, namespace = 'default'): { readonly code: number; readonly message: string } {
  const cluster = new WholeCluster();
  cluster.apply(RANGE);
  cluster.runTo(1);
  const answers: { code: number; message: string }[] = [];
  cluster.measurements.onAnswer = ({ verb, kind, code, message }) => {
    if (verb === 'create' && kind === POD) answers.push({ code, message });
  };
  if (namespace !== 'default') cluster.apply(`{ apiVersion: v1, kind: Namespace, metadata: { name: ${namespace} } }`);
  cluster.runTo(2);
  cluster.apply(`apiVersion: v1
kind: Pod
metadata: { name: p, namespace: ${namespace} }
spec: { containers: [ { name: c, image: a, resources: ${resources} } ] }
`);
  cluster.runTo(3);
  return answers[0]!;
}

const forbidden = (problem: string) => ({ code: 403, message: `pods "p" is forbidden: ${problem}` });

describe('a LimitRange', () => {
  it('fills in what containers leave open and says so', () => {
    const cluster = new WholeCluster();
    cluster.apply(RANGE);
    cluster.runTo(1);
    cluster.apply(`apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  containers: [ { name: c, image: a, resources: { requests: { memory: 200Mi } } } ]
  initContainers: [ { name: i, image: a, resources: { limits: { cpu: 200m, memory: 128Mi } } } ]
`);
    cluster.runTo(2);
    const { spec, metadata } = toManifest(cluster.stored(POD, 'p')) as {
      spec: { containers: { resources: unknown }[]; initContainers: { resources: unknown }[] };
      metadata: { annotations: Record<string, string> };
    };
    expect(spec.containers[0]!.resources).toEqual({
      requests: { cpu: '100m', memory: '200Mi' },
      limits: { cpu: '500m', memory: '256Mi' },
    });
    // Its own limits were its requests before admission.
    expect(spec.initContainers[0]!.resources).toEqual({
      requests: { cpu: '200m', memory: '128Mi' },
      limits: { cpu: '200m', memory: '128Mi' },
    });
    expect(metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu request for container c; cpu, memory limit for container c',
    });
  });

  it('refuses what is beyond its bounds in the words of the original', () => {
    expect(answer('{ requests: { cpu: 20m } }')).toEqual(
      forbidden('minimum cpu usage per Container is 50m, but request is 20m'),
    );
    expect(answer('{ limits: { cpu: "2" } }')).toEqual(
      forbidden('maximum cpu usage per Container is 1, but limit is 2'),
    );
    expect(answer('{ limits: { memory: 2Gi } }')).toEqual(
      forbidden('maximum memory usage per Pod is 1Gi, but limit is 2Gi'),
    );
    expect(answer('{ requests: { memory: 64Mi } }')).toEqual(
      forbidden('memory max limit to request ratio per Container is 2, but provided ratio is 4.000000'),
    );
    expect(answer('{ requests: { cpu: 20m }, limits: { cpu: "3" } }')).toEqual(
      forbidden(
        '[minimum cpu usage per Container is 50m, but request is 20m, maximum cpu usage per Container is 1, but limit is 3]',
      ),
    );
  });

  it('has no say in other namespaces', () => {
    expect(answer('{ requests: { cpu: 20m } }', 'other').code).toBe(201);
  });
});
