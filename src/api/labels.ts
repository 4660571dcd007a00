/** Labels or annotations of an object: immutable and shared between all versions and pods of one template. */
export type Labels = Readonly<Record<string, string>>;

/** The one empty label set, so that objects without labels share it. */
export const NO_LABELS: Labels = Object.freeze({});

/** Say which zone and region a node is in. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone';
export const REGION_LABEL = 'topology.kubernetes.io/region';

/** What they were called before 1.17. */
export const OLD_ZONE_LABEL = 'failure-domain.beta.kubernetes.io/zone';
export const OLD_REGION_LABEL = 'failure-domain.beta.kubernetes.io/region';

/** Whether labels have all that is asked for, as the selector of a Service does. */
export function selects(selector: Labels, labels: Labels): boolean {
  for (const key in selector) if (labels[key] !== selector[key]) return false;
  return true;
}
