import { basename } from 'node:path';

/** Nodes that a manifest gets when no scenario says otherwise. */
const NODE_COUNT = 10;

/** Whether a file is a Kubernetes manifest rather than a scenario: it has apiVersion or kind at the top level. */
export function isManifest(text: string): boolean {
  return text.trimStart().startsWith('{') ? /"apiVersion"\s*:/.test(text) : /^(apiVersion|kind)\s*:/m.test(text);
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
