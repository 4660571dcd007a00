import * as z from 'zod';
import type { Distribution } from '../random/distribution.js';
import { type ClusterAutoscalerOptions, EXPANDERS } from '../spokes/cluster-autoscaler/autoscaler-options.js';
import { count, distribution, duration, type Input, period, section } from './schema-values.js';

export interface FileNodesInput {
  readonly file: string;
}

/** What machines are like. */
export interface MachineInput {
  readonly zone?: string | undefined;
  readonly capacity?: Readonly<Record<string, string | number>> | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly taints?: readonly string[] | undefined;
}

export interface CountedNodesInput extends MachineInput {
  readonly count: number;
}

export interface NodeGroupInput extends MachineInput {
  readonly name: string;
  readonly min?: number | undefined;
  readonly max: number;
  readonly size?: number | undefined;
  readonly boot?: Distribution | undefined;
}

export const fileNodes: z.ZodType<FileNodesInput> = section(
  { file: z.string().describe('Node manifests as `kubectl get nodes -o yaml` prints them, relative to this file') },
  'Nodes from a file',
);

const machine = {
  zone: z.string().optional().describe('Value of the label topology.kubernetes.io/zone'),
  capacity: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe('What one node offers, by resource name: { cpu: 32, memory: 128Gi, pods: 110 }'),
  labels: z.record(z.string(), z.string()).optional().describe('Labels of each node'),
  taints: z.array(z.string()).optional().describe('Taints of each node as kubectl writes them: key=value:NoSchedule'),
};

export const countedNodes: z.ZodType<CountedNodesInput> = section(
  { count: count(0, 'How many alike nodes'), ...machine },
  'Alike nodes, named node-0000, node-0001, …',
);

export const nodeGroup: z.ZodType<NodeGroupInput> = section(
  {
    name: z.string().min(1).describe('Its nodes are named NAME-0000, NAME-0001, …'),
    min: count(0, 'It never has fewer nodes').optional(),
    max: count(1, 'It never has more'),
    size: count(0, 'Nodes at the start; min').optional(),
    boot: distribution('From a node being ordered to its having registered').optional(),
    ...machine,
  },
  'Alike nodes that the cluster autoscaler orders and gives back',
);

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

export const clusterAutoscaler: z.ZodType<Input<ClusterAutoscalerOptions>> = section(
  {
    scanInterval: period('--scan-interval').optional(),
    expander: z
      .union([z.enum(EXPANDERS), z.array(z.enum(EXPANDERS)).min(1)])
      .optional()
      .describe(
        '--expander: which of several groups grows; of several each chooses among those the one before finds equal',
      ),
    priorities: z
      .record(z.string().regex(/^-?[0-9]+$/), z.array(z.string().refine(isExpression, 'must be a regular expression')))
      .optional()
      .describe(
        'ConfigMap of the expander priority: regular expressions for group names by priority, the highest first',
      ),
    scaleDownDelayAfterAdd: duration('--scale-down-delay-after-add').optional(),
    scaleDownDelayAfterDelete: duration('--scale-down-delay-after-delete; 0: until the next scan').optional(),
    scaleDownDelayAfterFailure: duration('--scale-down-delay-after-failure').optional(),
    scaleDownUnneededTime: duration('--scale-down-unneeded-time').optional(),
    scaleDownUtilizationThreshold: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('--scale-down-utilization-threshold, a fraction'),
    maxScaleDownParallelism: count(1, '--max-scale-down-parallelism').optional(),
    maxDrainParallelism: count(1, '--max-drain-parallelism: of those, nodes with pods that go elsewhere').optional(),
    maxPodEvictionTime: duration(
      '--max-pod-eviction-time: a node stays if evictions are refused for so long',
    ).optional(),
    maxGracefulTerminationSec: count(0, '--max-graceful-termination-sec: no pod has longer to end').optional(),
    skipNodesWithSystemPods: z
      .boolean()
      .optional()
      .describe('--skip-nodes-with-system-pods: pods of kube-system without a budget keep their node'),
    skipNodesWithLocalStorage: z
      .boolean()
      .optional()
      .describe('--skip-nodes-with-local-storage: pods with an emptyDir or hostPath keep their node'),
  },
  'cluster-autoscaler, there if there are node groups',
);
