import { accepted, both, type Field, ignored, list, mapOf, object, text, unmodelled } from './field.js';
import { isObject } from './json.js';
import { compileSelector, type LabelSelector } from './label-selector.js';
import { dnsLabelProblem, labelKeyProblem, labelValueProblem, subdomainProblem } from './names.js';

/** Checks the names of a mapping's fields; `problemOf` gives the end of a sentence for a wrong one. */
function keys(problemOf: (key: string) => string | undefined): Field {
  return (value, report) => {
    for (const key of Object.keys(value as object)) {
      const problem = problemOf(key);
      if (problem !== undefined) report.error(`has a key that ${problem}`, key);
    }
  };
}

export const labels: Field = both(mapOf(text(labelValueProblem)), keys(labelKeyProblem));

const annotations: Field = mapOf(text());

/** Metadata of an object; `name` is checked apart because its syntax depends on the kind. */
function metadataFields(name: Field): Readonly<Record<string, Field>> {
  return {
    name,
    namespace: text(dnsLabelProblem),
    labels,
    annotations,
    finalizers: list(text()),
    ownerReferences: unmodelled,
    generateName: unmodelled,
    creationTimestamp: ignored,
    deletionTimestamp: ignored,
    deletionGracePeriodSeconds: ignored,
    generation: ignored,
    managedFields: ignored,
    resourceVersion: ignored,
    selfLink: ignored,
    uid: ignored,
  };
}

export const metadata: Field = object(metadataFields(text(subdomainProblem)), 'name');
/** RBAC objects and events are named more freely. */
export const freelyNamedMetadata: Field = object(metadataFields(text()), 'name');
export const namespaceMetadata: Field = object(metadataFields(text(dnsLabelProblem)), 'name');
export const claimMetadata: Field = object(metadataFields(text(dnsLabelProblem)), 'name');
export const templateMetadata: Field = object(metadataFields(ignored));

const selectorRequirement: Field = object({ key: text(), operator: text(), values: list(text()) }, 'key', 'operator');

export const labelSelector: Field = both(
  object({ matchLabels: labels, matchExpressions: list(selectorRequirement) }),
  accepted((selector: LabelSelector) => compileSelector(selector)),
);

/** A workload must not claim every pod. */
export const workloadSelector: Field = both(labelSelector, (selector, report) => {
  const empty = isObject(selector) && Object.values(selector).every((part) => Object.keys(part ?? {}).length === 0);
  if (empty) report.error('must not be empty');
});
