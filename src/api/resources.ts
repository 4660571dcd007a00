/** Amounts of resources as plain integers: what a node offers, what a pod requests. */
export interface Resources {
  readonly milliCpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes. */
  readonly ephemeralStorage: number;
  /** Number of pods; 0 in the requests of a pod. */
  readonly pods: number;
  /** Everything else by its full name (`nvidia.com/gpu`, `hugepages-2Mi`), in whole units. */
  readonly extended: ReadonlyMap<string, number>;
}

export const NO_EXTENDED: ReadonlyMap<string, number> = new Map();

export const NO_RESOURCES: Resources = Object.freeze({
  milliCpu: 0,
  memory: 0,
  ephemeralStorage: 0,
  pods: 0,
  extended: NO_EXTENDED,
});

/** Resources with the given amounts and nothing else. */
export function resources(amounts: Partial<Resources>): Resources {
  return { ...NO_RESOURCES, ...amounts };
}
