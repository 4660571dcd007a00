import * as z from 'zod';
import type { JsonObject } from '../../api/json.js';
import { NODE } from '../../api/kind.js';
import type { Node } from '../../api/node.js';
import type { ApiObject } from '../../api/object.js';
import { count } from '../schema-values.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { objectText } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** `kubectl apply -f`. */
export class Apply implements Action {
  /** Drafts in file order. */
  readonly objects: readonly ApiObject[];
  /** Concurrent closed-loop clients. */
  private readonly clients: number;
  /** What an object was read from; undefined for one that no file has as it is. */
  private readonly sourceOf: (object: ApiObject) => JsonObject | undefined;

  constructor(
    objects: readonly ApiObject[],
    clients = 1,
    sourceOf: (object: ApiObject) => JsonObject | undefined = () => undefined,
  ) {
    this.objects = objects;
    this.clients = clients;
    this.sourceOf = sourceOf;
  }

  get text(): string {
    const [first] = this.objects;
    if (first === undefined || this.objects.length > 1) return `apply ${this.objects.length} objects`;
    return `apply ${objectText({ kind: first.kind, name: first.metadata.name })}`;
  }

  get isOrder(): boolean {
    return this.objects.some(({ kind }) => kind !== NODE);
  }

  turn(number: number): Apply {
    const objects = this.objects.map((object) => {
      const name = `${object.metadata.name}-${number}`;
      return object.withMetadata(object.metadata.renamed(name));
    });
    return new Apply(objects, this.clients, this.sourceOf);
  }

  perform({ cluster, shapes }: Stage): void {
    // A Node that is applied stands for a machine that has come up.
    for (const object of this.objects) {
      if (object.kind !== NODE) continue;
      const { metadata, status } = object as Node;
      cluster.machines.join(metadata.name, status.allocatable);
    }
    cluster.user.apply(this.objects, this.clients, shapes, this.sourceOf);
    cluster.recipe?.follow(this.objects);
  }
}

const inlineObject = z.record(z.string(), z.unknown());

export const APPLY: StepKind = stepKind({
  shape: {
    apply: z
      .union([z.string(), inlineObject, z.array(inlineObject)])
      .describe(
        'Manifest file, relative to this file; or the manifest itself, as an object, several, or a block of YAML',
      ),
    clients: count(1, 'Concurrent clients').optional(),
  },
  example: 'apply: shop.yaml, clients: 4',
  read: ({ apply, clients }, reading) =>
    new Apply(reading.manifests('apply', apply), clients, (object) => reading.files.sourceOf(object)),
});
