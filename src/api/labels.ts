/** Labels or annotations of an object: immutable and shared between all versions and pods of one template. */
export type Labels = Readonly<Record<string, string>>;

/** The one empty label set, so that objects without labels share it. */
export const NO_LABELS: Labels = Object.freeze({});
