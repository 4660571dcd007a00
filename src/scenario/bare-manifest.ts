import { basename } from 'node:path';

/** Nodes that a manifest gets when no scenario says otherwise. */
const NODE_COUNT = 10;

/** What may come before the first field: spaces, comments and the mark of a document. */
const PREAMBLE = /^(?:\s|#[^\n]*\n|---[^\n]*\n)*/;

/**
 * Whether a file is a Kubernetes manifest rather than a scenario: it has apiVersion or kind at the top level. In braces, be
 * it JSON or YAML in flow style (KYAML), before anything that nests, or at all where there is no cluster.
 */
export function isManifest(text: string): boolean {
  const body = text.replace(PREAMBLE, '');
  if (!body.startsWith('{')) return /^(apiVersion|kind)\s*:/m.test(text);
  if (/^\{[^{[]*\b(?:apiVersion|kind)"?\s*:/.test(body)) return true;
  return /\bapiVersion"?\s*:/.test(body) && !/[{,]\s*"?cluster"?\s*:/.test(body);
}

/** The text of the scenario that applies a bare manifest, to lie in the manifest's own folder. */
export function scenarioAround(file: string): string {
  const name = JSON.stringify(basename(file));
  return [
    'question: How long until everything in the manifest is as desired?',
    `cluster: { nodes: [ { count: ${NODE_COUNT} } ] }`,
    `timeline: [ { at: 0s, apply: ${name} } ]`,
  ].join('\n');
}

/** Tells the user what was made of the manifest. */
export function noteOn(file: string, profile: string): string {
  return `${file} is a manifest, not a scenario: applied at 0s to ${NODE_COUNT} nodes, profile ${profile}`;
}
