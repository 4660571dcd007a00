import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import { readManifests } from '../../../src/api/manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { DEPLOYMENT_TEXT, deploymentWith } from './deployment-text.js';

function mistake(text: string): InputError {
  try {
    readManifests(text, 'a.yaml', { shapes: new PodShapes() });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('there was no mistake');
}

const CPU = 'spec.template.spec.containers[0].resources.requests.cpu';

it('what every object of JavaScript has is no limit of a resource of that name', () => {
  const text = deploymentWith('cpu: 100m', 'constructor: 1\n            limits: { cpu: 1 }');
  expect(() => readManifests(text, 'a.yaml', { shapes: new PodShapes() })).not.toThrow(TypeError);
});

describe('a mistake in a manifest is told with its place', () => {
  it.each([
    ['replicas: 3', 'replicas: -1', '6:13: spec.replicas: must be an integer from 0 to 10000000, not -1'],
    ['replicas: 3', 'replicas: 1.5', '6:13: spec.replicas: must be an integer from 0 to 10000000, not 1.5'],
    [
      'replicas: 3',
      'replicas: "3"',
      '6:13: spec.replicas: must be an integer from 0 to 10000000, not "3"; leave out the quotes: 3',
    ],
    ['replicas: 3', 'replicas: "-3"', '6:13: spec.replicas: must be an integer from 0 to 10000000, not "-3"'],
    ['cpu: 100m', 'cpu: 1..5', `19:20: ${CPU}: "1..5" is not a quantity; write a number`],
    ['cpu: 100m', 'cpu: -1', `19:20: ${CPU}: must not be negative`],
    ['cpu: 100m', 'cpu: {}', `19:20: ${CPU}: must be a quantity, not {}`],
    ['{app: web}', '{app: wob}', '8:5: spec.selector: must match the labels of its template, {"app":"web"}'],
    ['{app: web}', '{}', '8:5: spec.selector: must not be empty'],
    ['{app: web}', '{app: w b}', '8:24: spec.selector.matchLabels.app: must be empty or consist of letters'],
    [
      'kind: Deployment',
      'kind: Deploymnet',
      '2:7: kind: Deploymnet of apps/v1 is not a known kind; did you mean "Deployment"?',
    ],
    [
      'apps/v1',
      'apps/v1beta1',
      '2:7: kind: Deployment of apps/v1beta1 is not a known kind; Deployment is of apiVersion apps/v1',
    ],
    ['metadata:', '__proto__:', '1:1: metadata: is missing; write metadata: …, such as metadata: { name: web }'],
    ['apiVersion', 'apiversion', '1:1: apiVersion: is missing; is "apiversion" a slip for it?'],
    ['kind: Deployment\n', '', '1:1: kind: is missing; write kind: …, such as kind: Deployment'],
    ['name: web', 'nmae: web', '4:3: metadata.name: is missing; is "nmae" a slip for it?'],
    ['name: web', 'name: Web_1', '4:9: metadata.name: must consist of lower case letters'],
    ['name: c\n', 'name: C\n', '15:17: spec.template.spec.containers[0].name: must consist of lower case letters'],
    [
      'image: nginx',
      'image: 3',
      '16:18: spec.template.spec.containers[0].image: must be text, not 3; put it in quotes: "3"',
    ],
    [
      'labels:\n        app: web',
      'labels:\n        app: true',
      '12:14: spec.template.metadata.labels.app: must be text, not true',
    ],
    [
      '  selector:',
      '  strategy: {type: Rolling}\n  selector:',
      '7:20: spec.strategy.type: must be RollingUpdate or Recreate, not "Rolling"',
    ],
    [
      '  selector:',
      '  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}\n  selector:',
      '7:13: spec.strategy: must not have both',
    ],
    [
      '  selector:',
      '  strategy: {rollingUpdate: {maxSurge: 30}}\n  minReadySeconds: 600\n  selector:',
      '6:3: spec.progressDeadlineSeconds: must be greater',
    ],
    [
      '      containers:',
      '      restartPolicy: Never\n      containers:',
      '14:22: spec.template.spec.restartPolicy: must be Always',
    ],
    [
      '      containers:',
      '      tolerations: [{key: a, operator: Exist}]\n      containers:',
      'operator: must be Equal or Exists or Lt or Gt, not "Exist"; did you mean "Exists"?',
    ],
    ['{app: web}', '{app: web', 'not valid YAML'],
    ['replicas: 3', 'replicas: *b', '6:13: not valid YAML: no anchor &b stands before the alias *b; correct the YAML'],
    ['metadata:', 'metadata:\n\tx: 1', '4:1: not valid YAML: Tabs are not allowed as indentation'],
    ['  replicas: 3', '  replicas: 3\n  replicas: 4', '7:3: not valid YAML: Map keys must be unique'],
  ])('%j written as %j', (before, after, message) => {
    expect(mistake(deploymentWith(before, after)).format()).toContain(message);
    expect(mistake(deploymentWith(before, after)).format()).toMatch(/^a\.yaml:\d+:\d+: /);
  });

  it('in a later document of the file', () => {
    const text = `${DEPLOYMENT_TEXT}---\n${deploymentWith('replicas: 3', 'replicas: x')}`;
    expect(mistake(text).format()).toContain('a.yaml:26:13: spec.replicas');
  });

  it('in an item of a list in JSON', () => {
    const pod = {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', resources: { requests: { cpu: 'x' } } }] },
    };
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: [pod] }, null, 1);
    expect(mistake(text)).toMatchObject({
      line: 15,
      column: 16,
      path: 'items[0].spec.containers[0].resources.requests.cpu',
      value: 'x',
    });
  });

  it('together with the other mistakes of the file', () => {
    const text = deploymentWith('replicas: 3', 'replicas: x').replace('100m', '1..5');
    expect(mistake(text).others.map(({ path }) => path)).toEqual([CPU]);
  });

  it('when a document is no object at all', () => {
    expect(mistake('just text').format()).toBe('a.yaml:1:1: must be an object with apiVersion, kind and metadata');
    expect(mistake('[]').message).toMatch(/must be an object/);
    expect(mistake('{"apiVersion": }').format()).toMatch(/^a\.yaml:1:/);
  });

  it('but not more of them than one can read', () => {
    const bad = 'apiVersion: v1\nkind: Nood\nmetadata: {name: n}\n---\n';
    expect(mistake(bad.repeat(500)).others.length).toBeLessThan(50);
  });
});
