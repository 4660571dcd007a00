import * as z from 'zod';
import { POD } from '../../api/kind.js';
import { ImageChange } from '../../spokes/user/image-change.js';
import { ObjectChange } from './object-change.js';
import { NAMESPACE_KEY, objectKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';
import { TEMPLATED } from './workload-kinds.js';

/** `kubectl set image`. */
export const SET_IMAGE: StepKind = stepKind({
  shape: {
    'set-image': objectKey('Workload or pod to change'),
    images: z.record(z.string(), z.string()).describe('Images by container; * stands for all containers'),
    ...NAMESPACE_KEY,
  },
  example: 'set-image: deployment/shop, images: { shop: "shop:2" }',
  read: ({ 'set-image': name, images }, reading) => {
    const target = reading.object('set-image', name);
    if (![...TEMPLATED, POD].includes(target.kind))
      throw reading.error('set-image', `a ${target.kind.name} has no containers that could be changed`);
    return new ObjectChange(target, new ImageChange(images, reading.files.shapes));
  },
});
