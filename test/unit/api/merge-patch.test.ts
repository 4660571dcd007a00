import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import { readManifests } from '../../../src/api/manifest.js';
import { applyMergePatch } from '../../../src/api/merge-patch.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { Deployment } from '../../../src/api/workload.js';
import { DEPLOYMENT_TEXT } from './deployment-text.js';

const shapes = new PodShapes();
const web = readManifests(DEPLOYMENT_TEXT, 'a', { shapes }).objects[0] as Deployment;

describe('applyMergePatch', () => {
  it('changes what the patch names and nothing else', () => {
    const patched = applyMergePatch(
      web,
      { metadata: { labels: { tier: 'front' } }, spec: { replicas: 5 } },
      shapes,
    ) as Deployment;
    expect(patched.spec).toEqual({ ...web.spec, replicas: 5 });
    expect(patched.spec.template.shape).toBe(web.spec.template.shape);
    expect(patched.metadata.labels).toEqual({ tier: 'front' });
    expect(patched.status).toBe(web.status);
  });

  it('gives a changed template another shape', () => {
    const containers = [{ name: 'c', image: 'nginx:2' }];
    const patched = applyMergePatch(web, { spec: { template: { spec: { containers } } } }, shapes) as Deployment;
    expect(patched.spec.template.shape).not.toBe(web.spec.template.shape);
    expect(patched.spec.template.labels).toEqual(web.spec.template.labels);
  });

  it('turns to Recreate when the parameters of rolling are removed with it', () => {
    const strategy = { type: 'Recreate', rollingUpdate: null };
    expect((applyMergePatch(web, { spec: { strategy } }, shapes) as Deployment).spec.strategy).toBe('Recreate');
  });

  it('gives the same object when nothing changes', () => {
    expect(applyMergePatch(web, { spec: { replicas: 3 } }, shapes)).toBe(web);
  });

  it('refuses what Kubernetes refuses, with the path', () => {
    expect(() => applyMergePatch(web, { spec: { replicas: -1 } }, shapes)).toThrow(InputError);
    expect(() => applyMergePatch(web, { spec: { selector: null } }, shapes)).toThrow(/missing/);
  });
});
