import { describe, expect, it } from 'vitest';
import { load } from './scenario-files.js';

const loadPod = (annotations: string) => () =>
  load({
    'main.yaml': 'cluster: { nodes: [ { count: 1 } ] }\ntimeline: [ { at: 0s, apply: pod.yaml } ]\n',
    'pod.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: p
  annotations:
    ${annotations}
spec: { containers: [ { name: c } ] }
`,
  });

describe('annotations that say what containers do', () => {
  it('take durations, distributions and whole numbers, of all containers or one', () => {
    expect(loadPod('hubsim/exit-after: exponential(mean=1h)')).not.toThrow();
    expect(loadPod('hubsim/exit-code.c: "3"')).not.toThrow();
  });

  it('are refused with their line and what is allowed', () => {
    expect(loadPod('hubsim/exit-after: soon')).toThrow(/exit-after cannot be read/);
    expect(loadPod('hubsim/exit-code: "-1"')).toThrow(/exit-code must be a whole number/);
    expect(loadPod('hubsim/exit-afetr: 3s')).toThrow(/exit-afetr is nothing that kubelets know/);
    try {
      loadPod('hubsim/exit-afetr: 3s')();
    } catch (error) {
      expect(error).toMatchObject({
        file: 'pod.yaml',
        line: 6,
        value: '3s',
        remedy: expect.stringContaining('exit-after'),
      });
    }
  });
});
