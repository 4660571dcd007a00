import * as jsYaml from 'js-yaml';
import type { JsonObject } from '../../api/json.js';

/** Manifests as one YAML file, a document each. */
export function manifestYaml(manifests: readonly JsonObject[]): string {
  return manifests.map((manifest) => yamlOf(manifest)).join('---\n');
}

/** One value as YAML, without anchors. */
export function yamlOf(value: unknown): string {
  return jsYaml.dump(value, { noRefs: true, lineWidth: 120 });
}

/** Lines as YAML comments. */
export function comment(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '#\n' : `# ${line}\n`)).join('');
}
