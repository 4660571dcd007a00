/** What happens to the machines that kubelets run on; each by its number. */
export interface KubeletModel {
  /** A machine has stopped, and all that ran there with it. */
  nodeStopped(node: number): void;
  /** A machine is going to be switched off: its kubelet ends the pods in good order. */
  nodeStopping(node: number): void;
  /** A new machine's kubelet has registered it. */
  nodeJoined(node: number): void;
  /** A kubelet has started, or the API server can be reached from it again. */
  nodeBack(node: number): void;
  /** A kubelet that stood still goes on; it is back when it has heard of the API server. */
  nodeThawed(node: number): void;
}
