import { InputError } from '../../api/input-error.js';
import { POD } from '../../api/kind.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import { type Pod, PodSpec, type PodTemplate } from '../../api/pod.js';
import type { PodShape } from '../../api/pod-shape.js';
import type { PodShapes } from '../../api/pod-shapes.js';

/** Stands for every container. */
const EVERY = '*';

/** `kubectl set image`: images by the name of their container, init containers included, or `*` for all. */
export class ImageChange implements Patch {
  private readonly images: Readonly<Record<string, string>>;
  private readonly shapes: PodShapes;

  constructor(images: Readonly<Record<string, string>>, shapes: PodShapes) {
    this.images = images;
    this.shapes = shapes;
  }

  /** Throws InputError when the object has no such container. */
  apply(current: ApiObject): ApiObject {
    if (current.kind === POD) {
      const pod = current as Pod;
      const shape = this.reshaped(pod.spec.shape);
      return shape === pod.spec.shape ? pod : pod.withSpec(new PodSpec(shape, pod.spec.nodeName));
    }
    const spec = current.spec as { readonly template: PodTemplate };
    const shape = this.reshaped(spec.template.shape);
    if (shape === spec.template.shape) return current;
    return current.withSpec({ ...spec, template: { ...spec.template, shape } });
  }

  private reshaped({ spec }: PodShape): PodShape {
    const unknown = new Set(Object.keys(this.images));
    unknown.delete(EVERY);
    const withImage = <C extends { readonly name: string }>(container: C): C => {
      const { name } = container;
      unknown.delete(name);
      const image = this.images[name] ?? this.images[EVERY];
      return image === undefined ? container : { ...container, image };
    };
    const { initContainers, containers } = spec;
    const reshaped = { ...spec, containers: containers.map(withImage) };
    const whole =
      initContainers === undefined ? reshaped : { ...reshaped, initContainers: initContainers.map(withImage) };
    const [first] = unknown;
    if (first === undefined) return this.shapes.of(whole);
    const names = [...(initContainers ?? []), ...containers].map(({ name }) => name);
    throw new InputError(`there is no container ${first}`, { remedy: `there is ${names.join(', ')}` });
  }
}
