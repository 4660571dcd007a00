import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/api/json.js';
import {
  DAEMON_SET,
  DEPLOYMENT,
  JOB,
  type Kind,
  POD,
  REPLICA_SET,
  SERVICE,
  STATEFUL_SET,
} from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { updateProblem } from '../../../src/hub/update-problem.js';
import { WholeCluster } from '../controllers/whole-cluster.js';

const TEMPLATE = 'template: { metadata: { labels: { app: web } }, spec: { containers: [ { name: c, image: a } ] } }';
const SELECTED = `selector: { matchLabels: { app: web } }, ${TEMPLATE}`;
const OTHER = { matchLabels: { app: 'other' } };

function manifest({ name, group, version }: Kind, spec: string): string {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return `{ apiVersion: ${apiVersion}, kind: ${name}, metadata: { name: web }, spec: { ${spec} } }`;
}

/** What the API server says to a patch of an object; `''` if it takes it. */
function answer(kind: Kind, spec: string, patch: JsonObject): string {
  const cluster = new WholeCluster();
  cluster.apply(manifest(kind, spec));
  cluster.runTo(1);
  const answers: string[] = [];
  cluster.measurements.onAnswer = (call) => {
    if (call.caller.name === 'kubectl' && call.verb === 'patch') answers.push(call.code === 200 ? '' : call.message);
    if (call.caller.name === 'kubectl' && call.verb === 'patch') expect([200, 422]).toContain(call.code);
  };
  cluster.patch(kind, 'web', { spec: patch });
  cluster.runTo(2);
  expect(answers).toHaveLength(1);
  return answers[0]!;
}

describe('an update is refused with 422', () => {
  it.each([DEPLOYMENT, REPLICA_SET, DAEMON_SET])('when the selector of a workload changes', (kind) => {
    const both = { selector: OTHER, template: { metadata: { labels: { app: 'other' } } } };
    const message = 'spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable';
    expect(answer(kind, SELECTED, both)).toBe(`${kind.name}.apps "web" is invalid: ${message}`);
    expect(answer(kind, SELECTED, { minReadySeconds: 3 })).toBe('');
  });

  it('when a ReplicaSet would get a negative size', () => {
    const sized = (replicas: number) =>
      draft(REPLICA_SET, ObjectMeta.of({ name: 'web' }), { replicas, selector: {} }, undefined);
    const message = 'spec.replicas: Invalid value: -1: must be greater than or equal to 0';
    expect(updateProblem(sized(2), sized(-1))).toBe(`ReplicaSet.apps "web" is invalid: ${message}`);
    expect(updateProblem(sized(2), sized(0))).toBe('');
  });

  it('when more of a StatefulSet changes than may', () => {
    const refusal =
      'StatefulSet.apps "web" is invalid: spec: Forbidden: updates to statefulset spec for fields other than ' +
      "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', " +
      "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
    const spec = `serviceName: a, ${SELECTED}`;
    expect(answer(STATEFUL_SET, spec, { serviceName: 'b' })).toBe(refusal);
    expect(answer(STATEFUL_SET, spec, { podManagementPolicy: 'Parallel' })).toBe(refusal);
    expect(answer(STATEFUL_SET, spec, { volumeClaimTemplates: [{ metadata: { name: 'data' } }] })).toBe(refusal);
    const allowed = {
      replicas: 2,
      ordinals: { start: 1 },
      updateStrategy: { type: 'OnDelete' },
      revisionHistoryLimit: 3,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
      minReadySeconds: 1,
      template: { spec: { containers: [{ name: 'c', image: 'b' }] } },
    };
    expect(answer(STATEFUL_SET, spec, allowed)).toBe('');
  });

  it('when the template or the completions of a Job change', () => {
    const template = { spec: { containers: [{ name: 'c', image: 'b' }] } };
    const spec = (rest: string) => `${rest} ${TEMPLATE.replace('spec: {', 'spec: { restartPolicy: Never,')}`;
    expect(answer(JOB, spec(''), { template })).toMatch(
      /^Job.batch "web" is invalid: spec.template: Invalid value: \{.*\}: field is immutable$/,
    );
    expect(answer(JOB, spec('completions: 2,'), { completions: 3 })).toBe(
      'Job.batch "web" is invalid: spec.completions: Invalid value: 3: field is immutable',
    );
    const indexed = spec('completionMode: Indexed, completions: 2, parallelism: 2,');
    expect(answer(JOB, indexed, { completions: 3 })).toBe(
      'Job.batch "web" is invalid: spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism',
    );
    expect(answer(JOB, indexed, { completions: 3, parallelism: 3 })).toBe('');
    expect(answer(JOB, spec('completions: 2,'), { parallelism: 3 })).toBe('');
  });

  it('but the template of a suspended Job may change in where and with what its pods run', () => {
    const spec = `suspend: true, ${TEMPLATE.replace('spec: {', 'spec: { restartPolicy: Never,')}`;
    const containers = (image: string) => [{ name: 'c', image, resources: { requests: { cpu: '1' } } }];
    const template = { spec: { nodeSelector: { disk: 'ssd' }, containers: containers('a') } };
    expect(answer(JOB, spec, { template })).toBe('');
    expect(answer(JOB, spec, { template: { spec: { containers: containers('b') } } })).toContain('field is immutable');
  });

  it('when more of a pod changes than may', () => {
    const spec = 'containers: [ { name: c, image: a } ], nodeSelector: { a: b }';
    const beginning = 'Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.conta';
    expect(answer(POD, spec, { nodeSelector: { a: 'c' } }).slice(0, beginning.length)).toBe(beginning);
    expect(answer(POD, spec, { nodeName: 'node-0000' }).slice(0, beginning.length)).toBe(beginning);
    expect(
      answer(POD, spec, {
        containers: [
          { name: 'c', image: 'a' },
          { name: 'd', image: 'a' },
        ],
      }),
    ).toBe('Pod "web" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers');
    expect(answer(POD, spec, { tolerations: [{ key: 'a', operator: 'Exists' }] })).toBe(
      'Pod "web" is invalid: spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    );
    expect(answer(POD, spec, { schedulingGates: [{ name: 'late' }] })).toBe(
      'Pod "web" is invalid: spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate \'late\'',
    );
    expect(answer(POD, spec, { containers: [{ name: 'c', image: 'b' }] })).toBe('');
  });

  it('when a Service is to have another address', () => {
    const spec = 'clusterIP: 10.0.0.1, ports: [ { port: 80 } ]';
    expect(answer(SERVICE, spec, { clusterIP: '10.0.0.2' })).toBe(
      'Service "web" is invalid: spec.clusterIPs[0]: Invalid value: ["10.0.0.2"]: may not change once set',
    );
    expect(answer(SERVICE, spec, { ports: [{ port: 81 }] })).toBe('');
  });
});
