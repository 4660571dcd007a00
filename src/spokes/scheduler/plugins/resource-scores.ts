import type { Resources } from '../../../api/resources.js';
import type { NodeTable } from '../node-table.js';
import { MAX_SCORE, type PodScore } from '../plugin.js';
import type { ScoringStrategy, ShapePoint } from '../plugin-args.js';

/** Scores of shapes go to 10 (config.MaxCustomPriorityScore). */
const SHAPE_SCALE = MAX_SCORE / 10;

/** What one resource comes to, from what would be requested with the pod and what the node offers (never 0). */
type ResourceScorer = (requested: number, offered: number) => number;

export function leastRequested(requested: number, offered: number): number {
  return requested > offered ? 0 : Math.trunc(((offered - requested) * MAX_SCORE) / offered);
}

function mostRequested(requested: number, offered: number): number {
  return Math.trunc((Math.min(requested, offered) * MAX_SCORE) / offered);
}

/** The broken line through the points of a shape (plugins/helper shape_score.go). */
function alongShape(shape: readonly ShapePoint[]): ResourceScorer {
  const points = shape.map(({ utilization, score }) => ({ utilization, score: score * SHAPE_SCALE }));
  return (requested, offered) => {
    const percent = requested > offered ? 100 : Math.trunc((requested * 100) / offered);
    const next = points.findIndex(({ utilization }) => percent <= utilization);
    if (next === 0) return points[0]!.score;
    if (next < 0) return points.at(-1)!.score;
    const [from, to] = [points[next - 1]!, points[next]!];
    const rise = (to.score - from.score) * (percent - from.utilization);
    return from.score + Math.trunc(rise / (to.utilization - from.utilization));
  };
}

/** One resource of a strategy for the pods of one shape. */
interface Term {
  readonly weight: number;
  readonly demand: number;
  offered(node: number): number;
  used(node: number): number;
}

/** What pods request of a resource; cpu in thousandths. */
export function demandOf(name: string, requests: Resources): number {
  if (name === 'cpu') return requests.milliCpu;
  if (name === 'memory') return requests.memory;
  if (name === 'ephemeral-storage') return requests.ephemeralStorage;
  return requests.extended.get(name) ?? 0;
}

/** Extended resources count only for pods that ask for them. */
export function isPlain(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name === 'ephemeral-storage';
}

/** Scores a node by how much of its resources the pod leaves free or fills (noderesources resource_allocation.go). */
export class StrategyScore implements PodScore {
  readonly #terms: readonly Term[];
  readonly #scorer: ResourceScorer;
  readonly #ratio: boolean;

  /** `requests` count 100m and 200 MiB where a container states none. */
  constructor(table: NodeTable, strategy: ScoringStrategy, requests: Resources) {
    const { type, resources, shape } = strategy;
    this.#ratio = type === 'RequestedToCapacityRatio';
    this.#scorer = this.#ratio ? alongShape(shape) : type === 'MostAllocated' ? mostRequested : leastRequested;
    this.#terms = resources
      .map(({ name, weight }) => ({ name, weight, demand: demandOf(name, requests) }))
      .filter(({ name, demand }) => demand > 0 || isPlain(name))
      .map(({ name, weight, demand }) => {
        const column = table.resources.column(name);
        const used = (node: number): number => {
          if (name === 'cpu') return table.nonZeroMilliCpu[node]!;
          return name === 'memory' ? table.nonZeroMemory[node]! : table.resources.requested[column]![node]!;
        };
        return { weight, demand, used, offered: (node) => table.resources.allocatable[column]![node]! };
      });
  }

  score(node: number): number {
    let sum = 0;
    let weights = 0;
    for (const { weight, demand, used, offered } of this.#terms) {
      const available = offered(node);
      if (available === 0) continue;
      const score = this.#scorer(used(node) + demand, available);
      if (this.#ratio && score <= 0) continue;
      sum += score * weight;
      weights += weight;
    }
    if (weights === 0) return 0;
    return this.#ratio ? Math.round(sum / weights) : Math.trunc(sum / weights);
  }
}
