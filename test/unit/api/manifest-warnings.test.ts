import { describe, expect, it } from 'vitest';
import { readManifests } from '../../../src/api/manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { DEPLOYMENT_TEXT, deploymentWith } from './deployment-text.js';

const warnings = (text: string): readonly string[] =>
  readManifests(text, 'a.yaml', { shapes: new PodShapes() }).warnings.map((warning) => warning.format());

describe('a field without effect is pointed out', () => {
  it('when a real cluster would act on it', () => {
    const text = deploymentWith('      containers:', '      readinessGates: [{conditionType: x}]\n      containers:');
    expect(warnings(text)).toEqual([
      'a.yaml:14:7: spec.template.spec.readinessGates is not modelled and has no effect',
    ]);
  });

  it('when no cluster knows it, with what may have been meant', () => {
    expect(warnings(deploymentWith('  replicas: 3', '  replica: 3'))).toEqual([
      'a.yaml:6:3: spec.replica is not a known field and has no effect; did you mean "replicas"?',
    ]);
    expect(warnings(`${DEPLOYMENT_TEXT}specc: {}\n`)[0]).toContain('did you mean "spec"?');
  });

  it('when nothing acts on the whole kind', () => {
    expect(
      warnings(
        'apiVersion: flowcontrol.apiserver.k8s.io/v1\nkind: FlowSchema\nmetadata: {name: s}\nspec: {anything: 1}\n',
      ),
    ).toEqual(['a.yaml:2:7: kind FlowSchema of flowcontrol.apiserver.k8s.io/v1 is stored, but nothing acts on it']);
    expect(warnings('apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n')).toEqual([]);
  });

  it('once for thousands of objects', () => {
    const pod = (index: number): string =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p${index}\nspec:\n  activeDeadlineSeconds: ${index}\n  containers:\n  - name: c\n`;
    const text = Array.from({ length: 2000 }, (_, index) => pod(index)).join('---\n');
    expect(warnings(text)).toEqual([
      'a.yaml:6:3: spec.activeDeadlineSeconds is not modelled and has no effect (2000 times)',
    ]);
  });

  it('but not when it is empty, or makes no difference anywhere', () => {
    const harmless =
      '      dnsPolicy: Default\n      readinessGates: []\n      volumes: [{name: v, emptyDir: {}}]\n      containers:';
    expect(warnings(deploymentWith('      containers:', harmless))).toEqual([]);
  });
});
