import * as z from 'zod';
import { labelKeyProblem, labelValueProblem } from '../../api/names.js';
import { MetadataChange, type MetadataValues } from '../../spokes/user/metadata-change.js';
import { ObjectChange } from './object-change.js';
import { NAMESPACE_KEY, objectKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';
import type { StepReading } from './step-reading.js';

function values(what: string): z.ZodType<MetadataValues> {
  return z.record(z.string(), z.string().nullable()).describe(`${what}; null takes one away`);
}

/** Throws InputError for a key or value that Kubernetes refuses. */
function check(
  reading: StepReading,
  where: 'labels' | 'annotations',
  given: MetadataValues,
  valueProblem: (value: string) => string | undefined,
): void {
  for (const [key, value] of Object.entries(given)) {
    const problem = labelKeyProblem(key) ?? (value === null ? undefined : valueProblem(value));
    if (problem === undefined) continue;
    throw reading.source.error([...reading.path, where, key], `the key or value ${problem}`);
  }
}

/** `kubectl label`. */
export const LABEL: StepKind = stepKind({
  shape: { label: objectKey('Object to label'), labels: values('Labels'), ...NAMESPACE_KEY },
  example: 'label: deployment/shop, labels: { team: fruit, tier: null }',
  read: ({ label, labels }, reading) => {
    check(reading, 'labels', labels, labelValueProblem);
    return new ObjectChange(reading.object('label', label), new MetadataChange('labels', labels));
  },
});

/** `kubectl annotate`. */
export const ANNOTATE: StepKind = stepKind({
  shape: { annotate: objectKey('Object to annotate'), annotations: values('Annotations'), ...NAMESPACE_KEY },
  example: 'annotate: deployment/shop, annotations: { note: hello }',
  read: ({ annotate, annotations }, reading) => {
    check(reading, 'annotations', annotations, () => undefined);
    return new ObjectChange(reading.object('annotate', annotate), new MetadataChange('annotations', annotations));
  },
});
