/** An image with a size: nodes that do not have it must pull it. */
export interface ImageConfig {
  /** As the containers name it. */
  readonly name: string;
  /** In bytes; layers of the same name are the same, and are pulled once a node. */
  readonly layers: readonly { readonly name: string; readonly bytes: number }[];
  /** Fraction of the pulls that fail. */
  readonly failures: number;
  /** Numbers of the nodes that have it from the start. */
  readonly on: readonly number[];
}

/** Which images there are, and which of them, and which layers, each node has. */
export class ImageCatalog {
  private readonly idByName: Map<string, number>;
  private readonly images: readonly ImageConfig[];
  private readonly layersOf: readonly (readonly number[])[];
  private readonly bytes: number[];
  /** By layer and by image: the nodes that have it. */
  private readonly holders: Set<number>[];
  private readonly owners: readonly Set<number>[];
  /** Bytes of all layers of each node. */
  private readonly bytesByNode: Map<number, number>;

  constructor(images: readonly ImageConfig[]) {
    this.images = images;
    this.idByName = new Map(images.map(({ name }, id) => [name, id]));
    this.bytes = [];
    this.holders = [];
    this.owners = images.map(() => new Set());
    this.bytesByNode = new Map();
    const layerByName = new Map<string, number>();
    this.layersOf = images.map(({ layers }) =>
      layers.map(({ name, bytes }) => {
        const layer = layerByName.get(name) ?? this.bytes.push(bytes) - 1;
        layerByName.set(name, layer);
        this.holders[layer] ??= new Set();
        return layer;
      }),
    );
    for (const [image, { on }] of images.entries()) for (const node of on) this.add(node, image);
  }

  /** Nodes that have an image, in the order in which they got their first. */
  get nodes(): readonly number[] {
    return [...this.bytesByNode.keys()];
  }

  /** Number of an image, -1 for one without a size: every node has it. */
  idOf(name: string): number {
    return this.idByName.get(name) ?? -1;
  }

  failuresOf(image: number): number {
    return this.images[image]!.failures;
  }

  has(node: number, image: number): boolean {
    return this.owners[image]!.has(node);
  }

  /** Numbers of the images of a node. */
  imagesOn(node: number): readonly number[] {
    return [...this.owners.keys()].filter((image) => this.has(node, image));
  }

  /** Bytes of all images of a node; what several share counts once. */
  bytesOn(node: number): number {
    return this.bytesByNode.get(node) ?? 0;
  }

  /** Bytes of an image by itself. */
  sizeOf(image: number): number {
    return this.layersOf[image]!.reduce((sum, layer) => sum + this.bytes[layer]!, 0);
  }

  /** Bytes of an image that a node has still to fetch. */
  missingBytes(node: number, image: number): number {
    let bytes = 0;
    for (const layer of this.layersOf[image]!) if (!this.holders[layer]!.has(node)) bytes += this.bytes[layer]!;
    return bytes;
  }

  /** A node has got an image. */
  add(node: number, image: number): void {
    this.bytesByNode.set(node, this.bytesOn(node) + this.missingBytes(node, image));
    this.owners[image]!.add(node);
    for (const layer of this.layersOf[image]!) this.holders[layer]!.add(node);
  }

  /** A node throws an image away, with the layers that none of its others has. */
  remove(node: number, image: number): void {
    this.owners[image]!.delete(node);
    const kept = new Set(this.imagesOn(node).flatMap((other) => this.layersOf[other]!));
    for (const layer of this.layersOf[image]!) if (!kept.has(layer)) this.holders[layer]!.delete(node);
    this.bytesByNode.set(
      node,
      [...kept].reduce((sum, layer) => sum + this.bytes[layer]!, 0),
    );
  }
}
