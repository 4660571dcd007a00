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

/** Which images there are, and which layers each node has. */
export class ImageCatalog {
  private readonly idByName: Map<string, number>;
  private readonly images: readonly ImageConfig[];
  private readonly layersOf: readonly (readonly number[])[];
  private readonly bytes: number[];
  /** By layer: the nodes that have it. */
  private readonly holders: Set<number>[];

  constructor(images: readonly ImageConfig[]) {
    this.images = images;
    this.idByName = new Map(images.map(({ name }, id) => [name, id]));
    this.bytes = [];
    this.holders = [];
    const layerByName = new Map<string, number>();
    this.layersOf = images.map(({ layers, on }) =>
      layers.map(({ name, bytes }) => {
        const layer = layerByName.get(name) ?? this.bytes.push(bytes) - 1;
        layerByName.set(name, layer);
        this.holders[layer] ??= new Set();
        for (const node of on) this.holders[layer].add(node);
        return layer;
      }),
    );
  }

  /** Number of an image, -1 for one without a size: every node has it. */
  idOf(name: string): number {
    return this.idByName.get(name) ?? -1;
  }

  failuresOf(image: number): number {
    return this.images[image]!.failures;
  }

  has(node: number, image: number): boolean {
    return this.layersOf[image]!.every((layer) => this.holders[layer]!.has(node));
  }

  /** Bytes of an image that a node has still to fetch. */
  missingBytes(node: number, image: number): number {
    let bytes = 0;
    for (const layer of this.layersOf[image]!) if (!this.holders[layer]!.has(node)) bytes += this.bytes[layer]!;
    return bytes;
  }

  /** A node has got an image. */
  add(node: number, image: number): void {
    for (const layer of this.layersOf[image]!) this.holders[layer]!.add(node);
  }
}
