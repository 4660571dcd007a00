import { describe, expect, it } from 'vitest';
import type { DaemonSetSpec } from '../../../../src/api/daemon-set.js';
import { pinnedTo, withDaemonTolerations } from '../../../../src/spokes/controllers/daemonset/daemon-pod-spec.js';
import { countsOn } from '../../../../src/spokes/controllers/daemonset/daemon-pods.js';
import { planDaemonSet } from '../../../../src/spokes/controllers/daemonset/daemon-set-plan.js';
import { samplePod } from '../sample-pod.js';
import { lookAt, sampleNode } from './daemon-nodes.js';

const SPEC = { containers: [{ name: 'c' }] };

describe('a daemon pod', () => {
  it('tolerates ailing nodes for ever, whatever its template says', () => {
    const own = {
      key: 'node.kubernetes.io/not-ready',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 5,
    } as const;
    const { tolerations = [] } = withDaemonTolerations({ ...SPEC, tolerations: [own] });
    expect(tolerations).toHaveLength(6);
    expect(tolerations).toContainEqual({ key: own.key, operator: 'Exists', effect: 'NoExecute' });
    expect(withDaemonTolerations({ ...SPEC, hostNetwork: true }).tolerations).toHaveLength(7);
  });

  it('is pinned to its node by affinity, and found there before it is bound', () => {
    const preferred = [{ weight: 1, preference: {} }];
    const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } };
    const spec = pinnedTo({ ...SPEC, affinity }, 'n7');
    expect(spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution).toEqual(preferred);
    const pod = samplePod('p', { nodeName: '', spec, status: { phase: 'Pending', ready: false } });
    expect(countsOn(pod)).toBe('n7');
  });

  it('does not count once it has ended and is being deleted', () => {
    const ended = samplePod('p', { meta: { deletionTimestampNs: 0 }, status: { phase: 'Failed', ready: false } });
    expect(countsOn(ended)).toBeUndefined();
  });
});

describe('a daemon set', () => {
  it('fills empty nodes, and deletes pods that wait for a node that is gone', () => {
    const { shape } = samplePod('t').spec;
    const waiting = samplePod('lost', { id: 1, nodeName: '', spec: pinnedTo(SPEC, 'gone') });
    const spec: DaemonSetSpec = {
      selector: {},
      template: { labels: {}, annotations: {}, shape },
      nodeName: '',
      updateStrategy: 'OnDelete',
      maxUnavailable: 1,
      maxSurge: 0,
      minReadySeconds: 0,
      revisionHistoryLimit: 1,
    };
    const pods = [waiting, samplePod('p', { id: 2, nodeName: 'a' })];
    const { wanting } = lookAt(spec, 'h', [sampleNode('a'), sampleNode('b')], pods);
    const plan = planDaemonSet({ spec, hash: 'h', nowNs: 0, inBackoff: () => false }, wanting);
    expect(plan.newNodes).toEqual(['b']);
    expect(plan.doomed.map((pod) => pod.metadata.name)).toEqual(['lost']);
  });
});
