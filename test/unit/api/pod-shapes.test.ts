import { describe, expect, it } from 'vitest';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';

const SPEC: PodSpecManifest = { containers: [{ name: 'c', resources: { requests: { cpu: '1' } } }] };

describe('PodShapes', () => {
  it('gives equal specs the same shape, whatever the order of their fields and whichever defaults they spell out', () => {
    const shapes = new PodShapes();
    const shape = shapes.of(SPEC);
    expect(shapes.of({ ...structuredClone(SPEC), restartPolicy: 'Always' })).toBe(shape);
    expect(shapes.of({ schedulerName: 'default-scheduler', ...structuredClone(SPEC) })).toBe(shape);
    expect(shapes.of({ ...structuredClone(SPEC), nodeName: 'n1' })).toBe(shape);
    expect(shapes.all).toEqual([shape]);
  });

  it('gives different specs dense ids', () => {
    const shapes = new PodShapes();
    shapes.of(SPEC);
    expect(shapes.of({ ...SPEC, priority: 5 }).id).toBe(1);
  });

  it('takes a shape again when its own defaulted spec comes back', () => {
    const shapes = new PodShapes();
    const shape = shapes.of(SPEC);
    expect(shapes.of(structuredClone(shape.spec))).toBe(shape);
  });

  it('works out what the spokes ask for', () => {
    const shape = new PodShapes().of({
      containers: [
        { name: 'a', image: 'x:1', resources: { limits: { cpu: '500m', memory: '1Gi' } }, ports: [{ hostPort: 80 }] },
        { name: 'b', resources: { requests: { 'example.com/gpu': 2 } } },
      ],
      initContainers: [{ name: 'i', resources: { requests: { memory: '2Gi' } } }],
      priorityClassName: 'system-node-critical',
      tolerations: [{ operator: 'Exists' }],
    });
    expect(shape.requests).toEqual({
      milliCpu: 500,
      memory: 2 ** 31,
      ephemeralStorage: 0,
      pods: 0,
      extended: new Map([['example.com/gpu', 2]]),
    });
    expect(shape.nonZeroMilliCpu).toBe(600);
    expect(shape.nonZeroMemory).toBe(2 ** 31);
    expect(shape.priority).toBe(2_000_001_000);
    expect(shape.hostPorts).toEqual([{ ip: '0.0.0.0', protocol: 'TCP', port: 80 }]);
    expect(shape.images).toEqual(['', 'x:1', '']);
    expect(shape.tolerations[0]).toMatchObject({ key: '', operator: 'Exists', tolerationSeconds: -1 });
    expect(shape.qosClass).toBe('Burstable');
  });

  it('does not let one registry know of another', () => {
    expect(new PodShapes().of(SPEC)).not.toBe(new PodShapes().of(SPEC));
  });
});
