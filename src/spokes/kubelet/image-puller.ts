import { TokenBucket } from '../../client/token-bucket.js';
import type { Engine } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import type { ContainerPlan } from './container-plan.js';
import { Downloads } from './downloads.js';
import { ImageCatalog, type ImageConfig } from './image-catalog.js';

/** How images come to nodes; names as in the KubeletConfiguration. */
export interface ImagePulls {
  /** Pulls that a node makes at once: 1 if they are serialized, Infinity for no limit. */
  readonly parallel: number;
  readonly registryPullQps: number;
  readonly registryBurst: number;
  /** Bytes a second of one node, and of the registry to all nodes together; Infinity for no limit. */
  readonly nodeBandwidth: number;
  readonly registryBandwidth: number;
  readonly images: readonly ImageConfig[];
}

/** The pulls of one node. */
interface NodePulls {
  active: number;
  /** Containers whose images are to be pulled, first to last. */
  readonly queue: number[];
  readonly bucket: TokenBucket;
}

/**
 * Pulls images for containers: one at a time a node, or some, each when its turn has come (pkg/kubelet/images/puller.go);
 * too many pulls within a second fail (kuberuntime throttledImageService).
 */
export class ImagePuller {
  private readonly engine: Engine;
  private readonly pulls: ImagePulls;
  readonly catalog: ImageCatalog;
  private readonly downloads: Downloads;
  private readonly stream: Stream;
  private readonly byNode: Map<number, NodePulls>;
  /** What each container waits for, while it does: node and image. */
  private readonly wanted: Map<number, { readonly node: number; readonly image: number; readonly never: boolean }>;
  private listener: (container: number, ok: boolean) => void;
  private storedListener: (node: number) => void;

  constructor(engine: Engine, pulls: ImagePulls, stream: Stream) {
    this.engine = engine;
    this.pulls = pulls;
    this.catalog = new ImageCatalog(pulls.images);
    this.downloads = new Downloads(engine, pulls.nodeBandwidth, pulls.registryBandwidth, (container) =>
      this.downloaded(container),
    );
    this.stream = stream;
    this.byNode = new Map();
    this.wanted = new Map();
    this.listener = () => {};
    this.storedListener = () => {};
  }

  /** Sets who is told of each node that has got an image. */
  onStored(listener: (node: number) => void): void {
    this.storedListener = listener;
  }

  /** Sets who is told of each container whether its image is there. */
  onPulled(listener: (container: number, ok: boolean) => void): void {
    this.listener = listener;
  }

  /** Whether a container can be created as it is, without asking the registry. */
  has(node: number, name: string, policy: ContainerPlan['pullPolicy']): boolean {
    const image = this.catalog.idOf(name);
    return image < 0 || (policy !== 'Always' && this.catalog.has(node, image));
  }

  /** Pulls an image for a container. */
  pull(node: number, name: string, policy: ContainerPlan['pullPolicy'], container: number): void {
    const pulls = this.of(node);
    this.wanted.set(container, { node, image: this.catalog.idOf(name), never: policy === 'Never' });
    pulls.queue.push(container);
    this.next(pulls);
  }

  /** A container does not need its image any more. */
  cancel(container: number): void {
    const wanted = this.wanted.get(container);
    if (wanted === undefined) return;
    this.wanted.delete(container);
    const pulls = this.of(wanted.node);
    const index = pulls.queue.indexOf(container);
    if (index >= 0) pulls.queue.splice(index, 1);
    else {
      this.downloads.cancel(container);
      pulls.active--;
      this.next(pulls);
    }
  }

  private of(node: number): NodePulls {
    let pulls = this.byNode.get(node);
    if (pulls === undefined) {
      const { registryPullQps, registryBurst } = this.pulls;
      pulls = { active: 0, queue: [], bucket: new TokenBucket(registryPullQps, registryBurst) };
      this.byNode.set(node, pulls);
    }
    return pulls;
  }

  private next(pulls: NodePulls): void {
    while (pulls.active < this.pulls.parallel && pulls.queue.length > 0) {
      const container = pulls.queue.shift()!;
      const { node, image, never } = this.wanted.get(container)!;
      if (never || !pulls.bucket.tryAccept(this.engine.nowNs) || this.fails(image)) {
        this.finish(container, false);
        continue;
      }
      const bytes = this.catalog.missingBytes(node, image);
      if (bytes === 0) {
        this.store(node, image);
        this.finish(container, true);
        continue;
      }
      pulls.active++;
      this.downloads.start(node, bytes, container);
    }
  }

  private fails(image: number): boolean {
    const failures = this.catalog.failuresOf(image);
    return failures > 0 && this.stream.uniform() < failures;
  }

  private downloaded(container: number): void {
    const { node, image } = this.wanted.get(container)!;
    this.store(node, image);
    const pulls = this.of(node);
    pulls.active--;
    this.finish(container, true);
    this.next(pulls);
  }

  private store(node: number, image: number): void {
    this.catalog.add(node, image);
    this.storedListener(node);
  }

  private finish(container: number, ok: boolean): void {
    this.wanted.delete(container);
    this.listener(container, ok);
  }
}
