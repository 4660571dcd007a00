import type { EventHandle, EventKind } from '../../engine/index.js';
import { WAITING } from './container-rows.js';
import type { ImageCatalog } from './image-catalog.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import type { NodeUsage } from './node-usage.js';
import { ENDED } from './pod-rows.js';
import type { PodTable } from './pod-table.js';

/** How often the kubelet looks (kubelet.go ImageGCPeriod). */
const PERIOD_NS = 300e9;

/** What the kubelet of one node knows of its images, by their numbers. */
interface NodeImages {
  /** When a look first found it, and when one last found it in use; undefined: none has. */
  readonly detectedNs: (number | undefined)[];
  readonly usedNs: (number | undefined)[];
  readonly startedNs: number;
  timer: EventHandle;
}

/**
 * Throws away images that no pod of a node uses, those that were used longest ago first, when too much of its disk is full
 * (pkg/kubelet/images/image_gc_manager.go). Nodes that have no image with a size are not looked at.
 */
export class ImageGarbage {
  private readonly parts: SyncLoopParts;
  private readonly table: PodTable;
  private readonly catalog: ImageCatalog;
  private readonly usage: NodeUsage;
  private readonly freed: (node: number) => void;
  private readonly nodes: Map<number, NodeImages>;
  private readonly lookKind: EventKind;

  constructor(
    parts: SyncLoopParts,
    table: PodTable,
    catalog: ImageCatalog,
    usage: NodeUsage,
    freed: (node: number) => void,
  ) {
    this.parts = parts;
    this.table = table;
    this.catalog = catalog;
    this.usage = usage;
    this.freed = freed;
    this.nodes = new Map();
    this.lookKind = parts.engine.register('kubelet: image garbage collection', (node) => this.look(node), 'timer');
    for (const node of catalog.nodes) this.found(node);
  }

  /** A node has got an image: its kubelet looks from some moment of the period on. */
  stored(node: number): void {
    if (!this.nodes.has(node)) this.begin(node, this.parts.imageGarbageStream.uniform() * PERIOD_NS);
  }

  /** A node that has had images for long. */
  private found(node: number): void {
    this.stored(node);
    const detected = this.nodes.get(node)?.detectedNs;
    if (detected !== undefined)
      for (const image of this.catalog.imagesOn(node)) detected[image] = Number.NEGATIVE_INFINITY;
  }

  /** Its machine has stopped, and forgets what it knew. */
  nodeStopped(node: number): void {
    const known = this.nodes.get(node);
    if (known === undefined) return;
    this.parts.engine.cancel(known.timer);
    this.nodes.delete(node);
  }

  /** A kubelet that has been started anew looks at once. */
  nodeBack(node: number): void {
    if (!this.nodes.has(node) && this.catalog.bytesOn(node) > 0) this.begin(node, 0);
  }

  private begin(node: number, delayNs: number): void {
    const { engine, fleet, imageGarbage } = this.parts;
    const { imageGcHighThresholdPercent, imageMaximumGcAgeNs } = imageGarbage;
    if (imageGcHighThresholdPercent === 100 && imageMaximumGcAgeNs === 0) return;
    if (fleet.capacity(node).ephemeralStorage === Number.POSITIVE_INFINITY) return;
    const timer = engine.scheduleAs(true, Math.floor(delayNs), this.lookKind, node);
    this.nodes.set(node, { detectedNs: [], usedNs: [], startedNs: engine.nowNs, timer });
  }

  private look(node: number): void {
    const { engine, fleet } = this.parts;
    const known = this.nodes.get(node)!;
    known.timer = engine.scheduleAs(true, PERIOD_NS, this.lookKind, node);
    if (fleet.isFrozen(node)) return;
    const candidates = this.freeOld(node, known, this.candidates(node, known, true));
    const { capacity, used } = this.usage.observe(node);
    const { disk } = capacity;
    const available = Math.max(0, disk - used.disk);
    const { imageGcHighThresholdPercent, imageGcLowThresholdPercent } = this.parts.imageGarbage;
    if (disk === 0 || 100 - Math.floor((available * 100) / disk) < imageGcHighThresholdPercent) return;
    const bytes = Math.floor((disk * (100 - imageGcLowThresholdPercent)) / 100) - available;
    this.free(node, known, candidates, bytes);
  }

  /** Throws away all that no pod needs, since the disk is nearly full (DeleteUnusedImages). */
  deleteUnused(node: number): void {
    const known = this.nodes.get(node);
    // The containers of pods that have ended were deleted just before (DeleteAllUnusedContainers).
    if (known !== undefined) this.free(node, known, this.candidates(node, known, false), Number.POSITIVE_INFINITY);
  }

  /** Notes what is there and in use; what is not, in the order in which it goes (imagesInEvictionOrder). */
  private candidates(node: number, known: NodeImages, endedCount: boolean): readonly number[] {
    const { nowNs } = this.parts.engine;
    const inUse = this.imagesInUse(node, endedCount);
    const images = this.catalog.imagesOn(node);
    for (const image of images) {
      known.detectedNs[image] ??= nowNs;
      if (inUse.has(image)) known.usedNs[image] = nowNs;
    }
    const unused = images.filter((image) => !inUse.has(image));
    return unused.sort((a, b) => {
      const byUse = order(known.usedNs[a] ?? Number.NEGATIVE_INFINITY, known.usedNs[b] ?? Number.NEGATIVE_INFINITY);
      return byUse || order(known.detectedNs[a]!, known.detectedNs[b]!) || a - b;
    });
  }

  /** Images of containers that are there, running or not. */
  private imagesInUse(node: number, endedCount: boolean): ReadonlySet<number> {
    const { pods, containers } = this.table;
    const inUse = new Set<number>();
    for (const row of pods.on(node)) {
      if (pods.stage[row] === ENDED && !endedCount) continue;
      for (let container = pods.firstContainer[row]!; container < this.table.endOf(row); container++)
        if (containers.state[container] !== WAITING)
          inUse.add(this.catalog.idOf(this.table.containerPlan(container).image));
    }
    return inUse;
  }

  /** Throws away what was not used for too long, once the kubelet has run for so long itself; what is left (freeOldImages). */
  private freeOld(node: number, known: NodeImages, candidates: readonly number[]): readonly number[] {
    const { engine, imageGarbage } = this.parts;
    const ageNs = imageGarbage.imageMaximumGcAgeNs;
    if (ageNs === 0 || engine.nowNs - known.startedNs <= ageNs) return candidates;
    const isOld = (image: number): boolean => engine.nowNs - (known.usedNs[image] ?? Number.NEGATIVE_INFINITY) > ageNs;
    for (const image of candidates) if (isOld(image)) this.remove(node, known, image);
    if (candidates.some(isOld)) this.freed(node);
    return candidates.filter((image) => !isOld(image));
  }

  /** Throws images away until so many bytes must be free, as the images say of themselves what they take (freeSpace). */
  private free(node: number, known: NodeImages, candidates: readonly number[], bytes: number): void {
    const { engine, imageGarbage } = this.parts;
    let freed = 0;
    for (const image of candidates) {
      if (engine.nowNs - known.detectedNs[image]! < imageGarbage.imageMinimumGcAgeNs) continue;
      freed += this.catalog.sizeOf(image);
      this.remove(node, known, image);
      if (freed >= bytes) break;
    }
    if (freed > 0) this.freed(node);
  }

  private remove(node: number, known: NodeImages, image: number): void {
    this.catalog.remove(node, image);
    known.detectedNs[image] = undefined;
    known.usedNs[image] = undefined;
  }
}

function order(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
