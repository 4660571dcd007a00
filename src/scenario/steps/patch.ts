import * as z from 'zod';
import { MergeChange } from '../../spokes/user/merge-change.js';
import { ObjectChange } from './object-change.js';
import { checkPatch } from './patch-check.js';
import { NAMESPACE_KEY, objectKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** `kubectl patch --type=merge`. */
export const PATCH: StepKind = stepKind({
  shape: {
    patch: objectKey('Object to change'),
    with: z.record(z.string(), z.unknown()).describe('JSON merge patch'),
    ...NAMESPACE_KEY,
  },
  example: 'patch: deployment/shop, with: { spec: { replicas: 5 } }',
  read: ({ patch, with: change }, reading) => {
    const target = reading.object('patch', patch);
    checkPatch(target.kind, change, reading.source, [...reading.path, 'with']);
    return new ObjectChange(target, new MergeChange(change, reading.files.shapes));
  },
});
