/** What is written in fields that a manifest cannot do without, as in the Kubernetes API reference's own examples. */
const EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['apiVersion', 'apps/v1'],
  ['kind', 'Deployment'],
  ['metadata', '{ name: web }'],
  ['name', 'web'],
  ['image', 'nginx:1.27'],
  ['containers', '[{ name: web, image: nginx:1.27 }]'],
  ['selector', '{ matchLabels: { app: web } }'],
  ['topologyKey', 'topology.kubernetes.io/zone'],
  ['schedule', '"0 * * * *"'],
  ['claimName', 'data'],
  ['maxReplicas', '10'],
]);

/** What to do about a field that is missing: `write kind: …, such as kind: Deployment`. */
export function writeField(name: string): string {
  const example = EXAMPLES.get(name);
  return example === undefined ? `write ${name}: …` : `write ${name}: …, such as ${name}: ${example}`;
}
