import { CONTROLLER_REVISION_HASH } from '../../../api/controller-revision.js';
import type { DaemonSet } from '../../../api/daemon-set.js';
import { DAEMON_SET, POD } from '../../../api/kind.js';
import { ObjectMeta } from '../../../api/meta.js';
import { draft } from '../../../api/object.js';
import { PENDING, type Pod, PodSpec, type PodTemplate } from '../../../api/pod.js';
import type { PodShape } from '../../../api/pod-shape.js';
import type { PodShapes } from '../../../api/pod-shapes.js';
import { pinnedTo, withDaemonTolerations } from './daemon-pod-spec.js';

/** Shapes of the pods of one template. */
interface TemplateShapes {
  readonly tolerant: PodShape;
  readonly pinned: Map<string, PodShape>;
}

/** Drafts of daemon pods. Every node has a shape of its own, which is worked out once a template. */
export class DaemonPodsMaker {
  private readonly shapes: PodShapes;
  private readonly known: WeakMap<PodShape, TemplateShapes>;

  constructor(shapes: PodShapes) {
    this.shapes = shapes;
    this.known = new WeakMap();
  }

  /** The shape of a template with the tolerations that all of its pods get. */
  tolerant(template: PodTemplate): PodShape {
    return this.of(template).tolerant;
  }

  /** What a DaemonSet creates for a node; the API server completes the name. */
  pod({ id, metadata, spec }: DaemonSet, nodeName: string, hash: string): Pod {
    const { labels, annotations } = spec.template;
    const owner = { kindId: DAEMON_SET.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
    const meta = ObjectMeta.of({
      namespace: metadata.namespace,
      name: `${metadata.name}-`,
      // Assigned: what a spread adds to a copy makes a hidden class for each.
      labels: Object.assign({}, labels, { [CONTROLLER_REVISION_HASH]: hash }),
      annotations,
      ownerReferences: [owner],
    });
    return draft(POD, meta, new PodSpec(this.pinned(spec.template, nodeName), ''), PENDING);
  }

  private pinned(template: PodTemplate, nodeName: string): PodShape {
    const { tolerant, pinned } = this.of(template);
    let shape = pinned.get(nodeName);
    if (shape === undefined) {
      shape = this.shapes.of(pinnedTo(tolerant.spec, nodeName));
      pinned.set(nodeName, shape);
    }
    return shape;
  }

  private of({ shape }: PodTemplate): TemplateShapes {
    let known = this.known.get(shape);
    if (known === undefined) {
      known = { tolerant: this.shapes.of(withDaemonTolerations(shape.spec)), pinned: new Map() };
      this.known.set(shape, known);
    }
    return known;
  }
}
