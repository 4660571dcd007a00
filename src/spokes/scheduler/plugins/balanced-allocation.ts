import type { NodeTable } from '../node-table.js';
import { MAX_SCORE, type PendingPod, type Plugin, type PodScore } from '../plugin.js';
import { CPU, MEMORY } from '../resource-columns.js';

const HALF = MAX_SCORE / 2;

function fraction(requested: number, allocatable: number): number {
  const part = requested / allocatable;
  return part > 1 ? 1 : part;
}

/** 100 when cpu and memory are used alike, down to 50; a node that lacks one of them counts as balanced. */
function balance(cpu: number, cpuOffered: number, memory: number, memoryOffered: number): number {
  if (cpuOffered === 0 || memoryOffered === 0) return MAX_SCORE;
  const deviation = Math.abs((fraction(cpu, cpuOffered) - fraction(memory, memoryOffered)) / 2);
  return Math.trunc((1 - deviation) * MAX_SCORE);
}

/**
 * Likes nodes whose cpu and memory are used alike. Since 1.36 the score tells how much the pod improves a node's
 * balance (around 75 when it changes nothing); before, how balanced the node is with the pod (trap T2).
 */
export function balancedAllocation(table: NodeTable, minorVersion: number): Plugin {
  const byImprovement = minorVersion >= 36;
  return {
    name: 'NodeResourcesBalancedAllocation',
    reach: 'pods',
    score({ kind }: PendingPod): PodScore | undefined {
      const { milliCpu, memory } = kind.shape.requests;
      if (milliCpu === 0 && memory === 0) return undefined;
      return {
        score(node: number): number {
          const { allocatable, requested } = table.resources;
          const cpuOffered = allocatable[CPU]![node]!;
          const memoryOffered = allocatable[MEMORY]![node]!;
          const cpuUsed = requested[CPU]![node]!;
          const memoryUsed = requested[MEMORY]![node]!;
          const withPod = balance(cpuUsed + milliCpu, cpuOffered, memoryUsed + memory, memoryOffered);
          if (!byImprovement) return withPod;
          return HALF + Math.trunc((HALF + withPod - balance(cpuUsed, cpuOffered, memoryUsed, memoryOffered)) / 2);
        },
      };
    },
  };
}
