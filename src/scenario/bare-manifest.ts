import { basename, extname } from 'node:path';
import { readCluster } from './cluster-reader.js';
import type { ScenarioConfig } from './config.js';
import type { ManifestFiles } from './manifest-files.js';
import { loadProfile } from './profile-file.js';
import { Source } from './source.js';

/** Nodes that a manifest gets when no scenario says otherwise. */
const NODE_COUNT = 10;

/** Whether a file is a Kubernetes manifest rather than a scenario: it has apiVersion or kind at the top level. */
export function isManifest(text: string): boolean {
  return text.trimStart().startsWith('{') ? /"apiVersion"\s*:/.test(text) : /^(apiVersion|kind)\s*:/m.test(text);
}

/** The scenario of a bare manifest: applied at time zero to ten nodes. */
export function scenarioAround(text: string, file: string, files: ManifestFiles): ScenarioConfig {
  const objects = files.parse(text, file);
  const source = new Source(`cluster: { nodes: [ { count: ${NODE_COUNT} } ] }`, file);
  const place = { file, line: 1, column: 1, path: '' };
  const cluster = readCluster({ nodes: [{ count: NODE_COUNT }] }, source, files);
  const note = `${file} is a manifest, not a scenario: applied at 0s to ${NODE_COUNT} nodes, profile ${cluster.profile}`;
  return {
    name: basename(file, extname(file)),
    question: `How long until ${basename(file)} has converged?`,
    seed: 1,
    cluster,
    profile: loadProfile(cluster.profile),
    before: [],
    timeline: [{ action: 'apply', atNs: 0, place, objects, clients: 1 }],
    stop: { when: 'converged', atMostNs: 3600e9 },
    expect: [],
    shapes: files.shapes,
    warnings: [note, ...files.warnings],
  };
}
