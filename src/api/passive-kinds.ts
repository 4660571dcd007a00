import type { KindDefinition } from './kind-registry.js';

/** Why nothing happens to an object of a kind that is stored but not acted upon. */
export interface PassiveKind extends KindDefinition {
  /** True if a real cluster would act on it in a way that changes the figures: reading one gives a warning. */
  readonly missed: boolean;
}

function passive(apiVersion: string, resources: string, missed: boolean, namespaced = true): readonly PassiveKind[] {
  const slash = apiVersion.indexOf('/');
  const group = apiVersion.slice(0, Math.max(slash, 0));
  const version = apiVersion.slice(slash + 1);
  return resources.split(' ').map((entry) => {
    const [name = '', resource = ''] = entry.split(':');
    return { group, version, name, resource, namespaced, missed };
  });
}

/**
 * Kinds of Kubernetes that manifests often contain: the hub stores them like any other object, but no spoke acts on
 * them. Extend `BUILT_IN_KINDS` instead when one comes to life.
 */
export const PASSIVE_KINDS: readonly PassiveKind[] = [
  ...passive('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema:flowschemas', true, false),
  ...passive('flowcontrol.apiserver.k8s.io/v1', 'PriorityLevelConfiguration:prioritylevelconfigurations', true, false),
  ...passive('v1', 'Secret:secrets PodTemplate:podtemplates', false),
  ...passive('networking.k8s.io/v1', 'Ingress:ingresses NetworkPolicy:networkpolicies', false),
  ...passive('networking.k8s.io/v1', 'IngressClass:ingressclasses', false, false),
  ...passive('rbac.authorization.k8s.io/v1', 'Role:roles RoleBinding:rolebindings', false),
  ...passive('rbac.authorization.k8s.io/v1', 'ClusterRole:clusterroles', false, false),
  ...passive('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding:clusterrolebindings', false, false),
  ...passive('storage.k8s.io/v1', 'CSIDriver:csidrivers VolumeAttachment:volumeattachments', false, false),
  ...passive('apiextensions.k8s.io/v1', 'CustomResourceDefinition:customresourcedefinitions', false, false),
  ...passive('apiregistration.k8s.io/v1', 'APIService:apiservices', false, false),
  ...passive(
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration:mutatingwebhookconfigurations',
    true,
    false,
  ),
  ...passive(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration:validatingwebhookconfigurations',
    true,
    false,
  ),
  ...passive('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy:validatingadmissionpolicies', true, false),
  ...passive(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding:validatingadmissionpolicybindings',
    false,
    false,
  ),
  ...passive('node.k8s.io/v1', 'RuntimeClass:runtimeclasses', false, false),
];
