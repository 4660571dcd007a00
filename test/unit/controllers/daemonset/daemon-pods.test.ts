import { describe, expect, it } from 'vitest';
import { NODE } from '../../../../src/api/kind.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import type { Node } from '../../../../src/api/node.js';
import { draft } from '../../../../src/api/object.js';
import { NO_RESOURCES } from '../../../../src/api/resources.js';
import { pinnedTo, withDaemonTolerations } from '../../../../src/spokes/controllers/daemonset/daemon-pod-spec.js';
import { podsByNode } from '../../../../src/spokes/controllers/daemonset/daemon-pods.js';
import { planDaemonSet } from '../../../../src/spokes/controllers/daemonset/daemon-set-plan.js';
import { samplePod } from '../sample-pod.js';

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
    expect([...podsByNode([pod]).keys()]).toEqual(['n7']);
  });

  it('does not count once it has ended and is being deleted', () => {
    const ended = samplePod('p', { meta: { deletionTimestampNs: 0 }, status: { phase: 'Failed', ready: false } });
    expect(podsByNode([ended]).size).toBe(0);
  });
});

describe('a daemon set', () => {
  const node = (name: string): Node =>
    draft(
      NODE,
      new ObjectMeta({ name }),
      { unschedulable: false, taints: [] },
      {
        capacity: NO_RESOURCES,
        allocatable: NO_RESOURCES,
        ready: 'True',
        readyReason: '',
        readySinceNs: 0,
        readyHeartbeatNs: 0,
      },
    );

  it('fills empty nodes, and deletes pods that wait for a node that is gone', () => {
    const { shape } = samplePod('t').spec;
    const waiting = samplePod('lost', { nodeName: '', spec: pinnedTo(SPEC, 'gone') });
    const plan = planDaemonSet({
      spec: {
        selector: {},
        template: { labels: {}, annotations: {}, shape },
        nodeName: '',
        updateStrategy: 'OnDelete',
        maxUnavailable: 1,
        maxSurge: 0,
        minReadySeconds: 0,
        revisionHistoryLimit: 1,
      },
      shape,
      nodes: [node('a'), node('b')],
      podsByNode: podsByNode([waiting, samplePod('p', { nodeName: 'a' })]),
      hash: 'h',
      nowNs: 0,
      nodesInBackoff: new Set(),
    });
    expect(plan.newNodes).toEqual(['b']);
    expect(plan.doomed.map((pod) => pod.metadata.name)).toEqual(['lost']);
  });
});
