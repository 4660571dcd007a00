import type { DeploymentCondition } from '../../../api/workload.js';

type Type = DeploymentCondition['type'];

/** The condition of a type, if there is one. */
export function conditionOf(conditions: readonly DeploymentCondition[], type: Type): DeploymentCondition | undefined {
  // By index: it is asked several times in each sync, and an iterator would be made each time.
  for (let i = 0; i < conditions.length; i++) if (conditions[i]!.type === type) return conditions[i];
  return undefined;
}

export function newCondition(
  type: Type,
  status: DeploymentCondition['status'],
  reason: string,
  lastUpdateNs: number,
  lastTransitionNs: number,
): DeploymentCondition {
  return { type, status, reason, lastUpdateNs, lastTransitionNs };
}

/**
 * The conditions with one that has just become so set, last; unchanged when status and reason are the same already. The
 * transition time moves only with the status (deployment_util SetDeploymentCondition).
 */
export function withCondition(
  conditions: readonly DeploymentCondition[],
  type: Type,
  status: DeploymentCondition['status'],
  reason: string,
  nowNs: number,
): readonly DeploymentCondition[] {
  const known = conditionOf(conditions, type);
  if (known?.status === status && known.reason === reason) return conditions;
  const lastTransitionNs = known?.status === status ? known.lastTransitionNs : nowNs;
  return [...withoutCondition(conditions, type), newCondition(type, status, reason, nowNs, lastTransitionNs)];
}

/** The conditions without those of a type; the same list when there is none. */
export function withoutCondition(
  conditions: readonly DeploymentCondition[],
  type: Type,
): readonly DeploymentCondition[] {
  return conditionOf(conditions, type) === undefined ? conditions : conditions.filter((each) => each.type !== type);
}
