import type { DeploymentCondition } from '../../../api/workload.js';

type Type = DeploymentCondition['type'];

/** The condition of a type, if there is one. */
export function conditionOf(conditions: readonly DeploymentCondition[], type: Type): DeploymentCondition | undefined {
  for (const each of conditions) if (each.type === type) return each;
  return undefined;
}

/** A condition that has just become what it is, or has been so since some time. */
export function newCondition(
  type: Type,
  status: DeploymentCondition['status'],
  reason: string,
  nowNs: number,
  lastTransitionNs: number = nowNs,
): DeploymentCondition {
  return { type, status, reason, lastUpdateNs: nowNs, lastTransitionNs };
}

/**
 * The conditions with this one set, last; unchanged when status and reason are the same already. The transition time
 * moves only with the status (deployment_util SetDeploymentCondition).
 */
export function withCondition(
  conditions: readonly DeploymentCondition[],
  condition: DeploymentCondition,
): readonly DeploymentCondition[] {
  const known = conditionOf(conditions, condition.type);
  if (known?.status === condition.status && known.reason === condition.reason) return conditions;
  const lastTransitionNs = known?.status === condition.status ? known.lastTransitionNs : condition.lastTransitionNs;
  return [...withoutCondition(conditions, condition.type), { ...condition, lastTransitionNs }];
}

/** The conditions without those of a type; the same list when there is none. */
export function withoutCondition(
  conditions: readonly DeploymentCondition[],
  type: Type,
): readonly DeploymentCondition[] {
  return conditionOf(conditions, type) === undefined ? conditions : conditions.filter((each) => each.type !== type);
}
