import { canonicalJson } from '../api/canonical-json.js';
import type { Job } from '../api/job.js';
import { isObject } from '../api/json.js';
import { DAEMON_SET, DEPLOYMENT, JOB, POD, REPLICA_SET, SERVICE, STATEFUL_SET } from '../api/kind.js';
import type { LabelSelector } from '../api/label-selector.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { Service } from '../api/service.js';
import type { StatefulSet } from '../api/stateful-set.js';
import { selectorProblem } from './immutable-field.js';
import { jobProblems } from './immutable-job-spec.js';
import { podSpecProblems } from './immutable-pod-spec.js';

/** Why an object may not become another, as the API server says it (ValidateUpdate of its strategy); `''` if it may. */
export function updateProblem(before: ApiObject, after: ApiObject): string {
  if (before.spec === after.spec && before.extra === after.extra) return '';
  const problems = problemsOf(before, after);
  if (problems.length === 0) return '';
  const { kind, metadata } = before;
  const name = kind.group === '' ? kind.name : `${kind.name}.${kind.group}`;
  const all = problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`;
  return `${name} "${metadata.name}" is invalid: ${all}`;
}

function problemsOf(before: ApiObject, after: ApiObject): readonly string[] {
  switch (before.kind) {
    case DEPLOYMENT:
    case REPLICA_SET:
      return [...sizeProblem(after), ...selectorProblem(selectorOf(before), selectorOf(after))];
    case DAEMON_SET:
      return selectorProblem(selectorOf(before), selectorOf(after));
    case STATEFUL_SET:
      return statefulSetProblems(before as StatefulSet, after as StatefulSet);
    case JOB:
      return jobProblems(before as Job, after as Job);
    case POD:
      return before.spec === after.spec ? [] : podSpecProblems((before as Pod).spec, (after as Pod).spec);
    case SERVICE:
      return clusterIpProblems(before as Service, after as Service);
    default:
      return [];
  }
}

/** A controller can ask for less than nothing: its sums are of 32 bits (apps/validation ValidateReplicaSetSpec). */
function sizeProblem({ spec }: ApiObject): readonly string[] {
  const { replicas } = spec as { readonly replicas: number };
  return replicas < 0 ? [`spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`] : [];
}

function selectorOf({ spec }: ApiObject): LabelSelector {
  return (spec as { readonly selector: LabelSelector }).selector;
}

function statefulSetProblems(before: StatefulSet, after: StatefulSet): readonly string[] {
  if (canonicalJson(fixedPart(before)) === canonicalJson(fixedPart(after))) return [];
  return [
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', " +
      "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  ];
}

/** What of a StatefulSet stays as it is. */
function fixedPart({ spec, extra }: StatefulSet): unknown {
  const { selector, serviceName, podManagementPolicy, storage } = spec;
  const { persistentVolumeClaimRetentionPolicy: _, ...rest } = isObject(extra?.spec) ? extra.spec : {};
  return { selector, serviceName, podManagementPolicy, claims: storage?.claims ?? [], rest };
}

/** An address that a Service has is its own for good, unless one of the two is a name outside (apis/core/validation). */
function clusterIpProblems(before: Service, after: Service): readonly string[] {
  if (before.spec.type === 'ExternalName' || after.spec.type === 'ExternalName') return [];
  const [old, now] = [addressOf(before), addressOf(after)];
  // The API server gives one to those that name none, which is not modelled.
  if (old === '' || now === '' || old === now) return [];
  return [`spec.clusterIPs[0]: Invalid value: ${canonicalJson([now])}: may not change once set`];
}

function addressOf({ extra }: Service): string {
  const { clusterIP = '', clusterIPs = [] } = (extra?.spec ?? {}) as { clusterIP?: string; clusterIPs?: string[] };
  return clusterIP === '' ? (clusterIPs[0] ?? '') : clusterIP;
}
