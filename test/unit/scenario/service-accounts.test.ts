import { describe, expect, it } from 'vitest';
import { readManifests } from '../../../src/api/manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { missingAccounts } from '../../../src/scenario/service-accounts.js';

const workload = (kind: string, namespace: string, account: string, wrap = (spec: string) => spec) => `
---
apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'batch/v1'}
kind: ${kind}
metadata: { name: a, namespace: ${namespace} }
spec: ${wrap(`{ ${kind === 'Deployment' ? 'selector: { matchLabels: { a: b } },' : ''} template: { metadata: { labels: { a: b } }, spec: { restartPolicy: ${kind === 'Deployment' ? 'Always' : 'Never'}, serviceAccountName: ${account}, containers: [ { name: c, image: a } ] } } }`)}
`;

const account = (namespace: string, name: string) =>
  `\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: ${name}, namespace: ${namespace} }\n`;

function missing(...texts: readonly string[]): string[] {
  const { objects } = readManifests(texts.join(''), 'a.yaml', { shapes: new PodShapes() });
  return missingAccounts(objects).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

describe('service accounts that nothing makes', () => {
  it('had been made long ago, whatever names them', () => {
    const cron = workload('CronJob', 'b', 'y', (spec) => `{ schedule: "* * * * *", jobTemplate: { spec: ${spec} } }`);
    expect(missing(workload('Deployment', 'a', 'x'), cron, workload('Job', 'a', 'default'))).toEqual(['a/x', 'b/y']);
  });

  it('are not made if a manifest makes them', () => {
    expect(missing(workload('Deployment', 'a', 'x'), account('a', 'x'))).toEqual([]);
    expect(missing(workload('Deployment', 'a', 'x'), account('b', 'x'))).toEqual(['a/x']);
  });

  it('are missing in a namespace that is made here', () => {
    const namespace = '\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n';
    expect(missing(workload('Deployment', 'a', 'x'), namespace)).toEqual([]);
  });
});
