import { describe, expect, it } from 'vitest';
import { defaulted } from '../../../src/api/defaulting.js';
import { isObject, type JsonObject, objectAt, objectsAt } from '../../../src/api/json.js';

function defaultedPodSpec(spec: JsonObject): JsonObject {
  const pod = defaulted({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec });
  const filled = objectAt(pod, 'spec');
  if (!isObject(filled)) throw new Error('the pod has lost its spec');
  return filled;
}

describe('defaulting', () => {
  it('shows every quantity of a pod as the API server prints it', () => {
    const divided = (divisor: string) => ({ resourceFieldRef: { resource: 'limits.cpu', divisor } });
    const spec = defaultedPodSpec({
      containers: [{ name: 'c', image: 'i:1', env: [{ name: 'CPU', valueFrom: divided('1000m') }] }],
      volumes: [{ name: 'v', emptyDir: { sizeLimit: '1.5Gi' } }],
    });
    const [container] = objectsAt(spec, 'containers');
    expect(objectsAt(container, 'env')[0]?.valueFrom).toEqual(divided('1'));
    expect(objectsAt(spec, 'volumes')[0]?.emptyDir).toEqual({ sizeLimit: '1536Mi' });
  });

  it('shows the value of a priority class even where it is none', () => {
    const plain = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'p' } };
    expect(defaulted(plain)).toEqual({ ...plain, value: 0, preemptionPolicy: 'PreemptLowerPriority' });
  });
});
