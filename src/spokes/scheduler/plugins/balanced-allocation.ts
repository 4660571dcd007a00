import type { Resources } from '../../../api/resources.js';
import type { NodeTable } from '../node-table.js';
import { MAX_SCORE, type PendingPod, type Plugin, type PodScore } from '../plugin.js';
import { CPU, MEMORY } from '../resource-columns.js';
import { demandOf, isPlain } from './resource-scores.js';

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

function improvement(withPod: number, without: number): number {
  return HALF + Math.trunc((HALF + withPod - without) / 2);
}

/** The same for any resources: 100 less the standard deviation of the parts used. */
function evenness(fractions: readonly number[]): number {
  if (fractions.length < 2) return MAX_SCORE;
  if (fractions.length === 2) return Math.trunc((1 - Math.abs((fractions[0]! - fractions[1]!) / 2)) * MAX_SCORE);
  let total = 0;
  for (const one of fractions) total += one;
  const mean = total / fractions.length;
  let squares = 0;
  for (const one of fractions) squares += (one - mean) * (one - mean);
  return Math.trunc((1 - Math.sqrt(squares / fractions.length)) * MAX_SCORE);
}

/** The score over resources of the user's choice; undefined for pods that ask for none of them. */
function balanceOf(
  table: NodeTable,
  resources: readonly string[],
  requests: Resources,
  byImprovement: boolean,
): PodScore | undefined {
  const demands = resources.map((name) => ({ name, demand: demandOf(name, requests) }));
  if (demands.every(({ demand }) => demand === 0)) return undefined;
  const columns = demands
    .filter(({ name, demand }) => demand > 0 || isPlain(name))
    .map(({ name, demand }) => ({ column: table.resources.column(name), demand }));
  return {
    score(node: number): number {
      const { allocatable, requested } = table.resources;
      const present = columns.filter(({ column }) => allocatable[column]![node]! !== 0);
      const evennessWith = (withPod: 0 | 1): number =>
        evenness(
          present.map(({ column, demand }) =>
            fraction(requested[column]![node]! + withPod * demand, allocatable[column]![node]!),
          ),
        );
      return byImprovement ? improvement(evennessWith(1), evennessWith(0)) : evennessWith(1);
    },
  };
}

/**
 * Likes nodes whose cpu and memory are used alike. Since 1.36 the score tells how much the pod improves a node's
 * balance (around 75 when it changes nothing); before, how balanced the node is with the pod (trap T2).
 */
export function balancedAllocation(table: NodeTable, byImprovement: boolean, resources: readonly string[]): Plugin {
  const usual = resources.join() === 'cpu,memory';
  return {
    name: 'NodeResourcesBalancedAllocation',
    reach: 'pods',
    score({ kind }: PendingPod): PodScore | undefined {
      if (!usual) return balanceOf(table, resources, kind.shape.requests, byImprovement);
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
          return improvement(withPod, balance(cpuUsed, cpuOffered, memoryUsed, memoryOffered));
        },
      };
    },
  };
}
