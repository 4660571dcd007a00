/** How large the cluster of a whole run is. */
export interface RunSize {
  readonly nodes: number;
  readonly pods: number;
}

/** `5,000 nodes, 150,000 pods` is a size; undefined for names that are none. */
export function runSize(name: string): RunSize | undefined {
  const size = /^([\d,]+) nodes, ([\d,]+) pods$/.exec(name);
  if (size === null) return undefined;
  const [nodes, pods] = size.slice(1).map((text) => Number(text.replaceAll(',', '')));
  return { nodes: nodes!, pods: pods! };
}
