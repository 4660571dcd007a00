/** Labels or annotations of an object: immutable and shared between all versions and pods of one template. */
export type Labels = Readonly<Record<string, string>>;

/** The one empty label set, so that objects without labels share it. */
export const NO_LABELS: Labels = Object.freeze({});

/** Says which zone a node is in. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone';
