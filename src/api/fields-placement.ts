import { accepted, both, choice, type Field, integer, list, object, text, unmodelled } from './field.js';
import { labelSelector } from './fields-meta.js';
import type { JsonObject } from './json.js';
import { dnsLabelProblem, labelKeyProblem } from './names.js';
import { NodeSelectorTerm, type NodeSelectorTermManifest } from './node-affinity.js';

export const toleration: Field = both(
  object({
    key: text(),
    operator: choice('', 'Equal', 'Exists', 'Lt', 'Gt'),
    value: text(),
    effect: choice('', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'),
    tolerationSeconds: integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  }),
  (value, report) => {
    const { key = '', operator = '', value: wanted = '', effect = '', tolerationSeconds } = value as JsonObject;
    if (key === '' && operator !== 'Exists') report.error('must have operator Exists when it has no key');
    if (operator === 'Exists' && wanted !== '') report.error('must not have a value with operator Exists');
    if (tolerationSeconds !== undefined && effect !== 'NoExecute')
      report.error('must have effect NoExecute when it has tolerationSeconds');
  },
);

const requirement: Field = object({ key: text(), operator: text(), values: list(text()) }, 'key', 'operator');
const selectorTerm: Field = both(
  object({ matchExpressions: list(requirement), matchFields: list(requirement) }),
  accepted((term: NodeSelectorTermManifest) => {
    const { error } = new NodeSelectorTerm(term);
    if (error !== undefined) throw error;
  }),
);

const podTerm: Field = object(
  {
    labelSelector,
    namespaces: list(text(dnsLabelProblem)),
    namespaceSelector: labelSelector,
    topologyKey: text(labelKeyProblem),
    matchLabelKeys: unmodelled,
    mismatchLabelKeys: unmodelled,
  },
  'topologyKey',
);
const podTerms: Field = object({
  requiredDuringSchedulingIgnoredDuringExecution: list(podTerm),
  preferredDuringSchedulingIgnoredDuringExecution: list(
    object({ weight: integer(1, 100), podAffinityTerm: podTerm }, 'weight', 'podAffinityTerm'),
  ),
});

export const affinity: Field = object({
  nodeAffinity: object({
    requiredDuringSchedulingIgnoredDuringExecution: object(
      { nodeSelectorTerms: list(selectorTerm) },
      'nodeSelectorTerms',
    ),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      object({ weight: integer(1, 100), preference: selectorTerm }, 'weight', 'preference'),
    ),
  }),
  podAffinity: podTerms,
  podAntiAffinity: podTerms,
});

export const spreadConstraint: Field = object(
  {
    maxSkew: integer(1),
    topologyKey: text(labelKeyProblem),
    whenUnsatisfiable: choice('DoNotSchedule', 'ScheduleAnyway'),
    labelSelector,
    matchLabelKeys: list(text(labelKeyProblem)),
    minDomains: integer(1),
    nodeAffinityPolicy: choice('Honor', 'Ignore'),
    nodeTaintsPolicy: choice('Honor', 'Ignore'),
  },
  'maxSkew',
  'topologyKey',
  'whenUnsatisfiable',
);

export const schedulingGate: Field = object({ name: text(labelKeyProblem) }, 'name');
