/** What the measuring room may see of the machines; it touches nothing. */
export interface KubeletProbe {
  /** The containers of a pod have started. */
  containersStarted(podId: number, nowNs: number): void;
}
