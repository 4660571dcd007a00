import type { FlowRule, FlowSchema, NonResourceRule, ResourceRule, Subject } from './flow-schema.js';

const ALL = ['*'];
const ANY_RESOURCE: ResourceRule = {
  verbs: ALL,
  apiGroups: ALL,
  resources: ALL,
  namespaces: ALL,
  clusterScope: true,
};
const ANY_URL: NonResourceRule = { verbs: ALL, nonResourceURLs: ALL };

const ALL_USERS = groups('system:unauthenticated', 'system:authenticated');
const NODES = groups('system:nodes');
const KUBE_SYSTEM: Subject[] = [{ kind: 'ServiceAccount', serviceAccount: { namespace: 'kube-system', name: '*' } }];
const LEASES: ResourceRule = { verbs: ALL, apiGroups: ['coordination.k8s.io'], resources: ['leases'], namespaces: ALL };

/** The flow schemas of Kubernetes 1.36, mandatory and suggested (pkg/apis/flowcontrol/bootstrap/default.go). */
export const DEFAULT_FLOW_SCHEMAS: readonly FlowSchema[] = [
  schema('exempt', 'exempt', 1, '', everything(groups('system:masters'))),
  schema('probes', 'exempt', 2, '', {
    subjects: ALL_USERS,
    nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/readyz', '/livez'] }],
  }),
  schema('system-leader-election', 'leader-election', 100, 'ByUser', {
    subjects: [...users('system:kube-controller-manager', 'system:kube-scheduler'), ...KUBE_SYSTEM],
    resourceRules: [{ ...LEASES, verbs: ['get', 'create', 'update'] }],
  }),
  schema('system-node-high', 'node-high', 400, 'ByUser', {
    subjects: NODES,
    resourceRules: [{ ...ANY_RESOURCE, apiGroups: [''], resources: ['nodes', 'nodes/status'] }, LEASES],
  }),
  schema('system-nodes', 'system', 500, 'ByUser', everything(NODES)),
  schema(
    'kube-controller-manager',
    'workload-high',
    800,
    'ByNamespace',
    everything(users('system:kube-controller-manager')),
  ),
  schema('kube-scheduler', 'workload-high', 800, 'ByNamespace', everything(users('system:kube-scheduler'))),
  schema('kube-system-service-accounts', 'workload-high', 900, 'ByNamespace', everything(KUBE_SYSTEM)),
  schema('service-accounts', 'workload-low', 9000, 'ByUser', everything(groups('system:serviceaccounts'))),
  schema('global-default', 'global-default', 9900, 'ByUser', everything(ALL_USERS)),
  schema('catch-all', 'catch-all', 10_000, 'ByUser', everything(ALL_USERS)),
];

function schema(
  name: string,
  level: string,
  matchingPrecedence: number,
  distinguisher: '' | 'ByUser' | 'ByNamespace',
  rule: FlowRule,
): FlowSchema {
  const spec = { matchingPrecedence, priorityLevelConfiguration: { name: level }, rules: [rule] };
  return { name, spec: distinguisher === '' ? spec : { ...spec, distinguisherMethod: { type: distinguisher } } };
}

function everything(subjects: readonly Subject[]): FlowRule {
  return { subjects, resourceRules: [ANY_RESOURCE], nonResourceRules: [ANY_URL] };
}

function groups(...names: readonly string[]): Subject[] {
  return names.map((name) => ({ kind: 'Group', group: { name } }));
}

function users(...names: readonly string[]): Subject[] {
  return names.map((name) => ({ kind: 'User', user: { name } }));
}
