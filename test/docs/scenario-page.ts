import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { KindRegistry } from '../../src/api/kind-registry.js';
import { PASSIVE_KINDS } from '../../src/api/passive-kinds.js';
import { KNOWN_MINORS, NEVER, VERSION_CHANGES } from '../../src/cluster/versions.js';
import type { Distribution } from '../../src/random/distribution.js';
import { clusterDefaults, GROUP_BOOT, kubeletDefaults } from '../../src/scenario/cluster-defaults.js';
import { LIVE_FIGURES } from '../../src/scenario/live-figures.js';
import { loadScenario } from '../../src/scenario/loader.js';
import { scenarioSchema } from '../../src/scenario/schema.js';
import { markOfKind, STEP_KINDS } from '../../src/scenario/steps/step-kinds.js';
import { sourceFiles } from '../unit/house/source-files.js';

/** What `z.toJSONSchema` makes of a key, as far as the page shows it. */
interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** One step of each kind, by the key that makes it one. */
const EXAMPLES: Readonly<Record<string, string>> = Object.fromEntries([
  ...STEP_KINDS.map((kind): [string, string] => {
    const [key, fault] = markOfKind(kind);
    return [fault === undefined ? key : `${key}: ${fault}`, kind.example];
  }),
  ['steps', 'steps: [ { at: 0s, scale: deployment/shop, replicas: 5 } ]'],
]);

const STEP_DEFAULTS = {
  propagation: 'background',
  force: 'false',
  toRevision: '0',
  clients: '1',
  namespace: 'default',
  for: 'for ever',
  over: '0s',
  bytes: '0',
  objects: '0',
  as: 'load',
};

/** How the schema ends the description of a duration or a distribution. */
const TIMED = / \(a duration(?: such as .*|(, or a distribution .*))\)$/;

const SHOP = new URL('../../scenarios/manifests/shop-v1.yaml', import.meta.url);

/** docs/scenario.md: every key of a scenario file, from the schema that reads it. */
export function scenarioPage(): string {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input' }) as Schema;
  const { cluster, timeline, before, stop } = schema.properties!;
  const sections = Object.entries(cluster!.properties!).filter(([, { properties }]) => properties !== undefined);
  const steps = timeline!.items!.anyOf!;
  const groups = cluster!.properties!.nodes!.items!.anyOf!;
  const images = cluster!.properties!.images!.items!;
  const nodeGroups = cluster!.properties!.nodeGroups!.items!;
  return `${[
    HEAD,
    table(schema, { name: 'name of the file', seed: '1', stop: 'see below', observe: '100ms' }),
    '## cluster',
    table(cluster!, { kubernetes: '"1.36"', profile: 'vm-2-core' }, (key) => hasEffect(key)),
    ...groups.flatMap((group) => [`### One group of cluster.nodes: ${lower(group.description!)}`, table(group, {})]),
    `### One of cluster.nodeGroups: ${lower(nodeGroups.description!)}`,
    table(nodeGroups, { min: '0', boot: code(GROUP_BOOT), size: 'min' }),
    `### One of cluster.images: ${lower(images.description!)}`,
    table(images, { failures: '0', on: 'none' }),
    ...sections.flatMap(([name, section]) => [`### cluster.${name}`, sectionTable(name, section)]),
    SHORTHAND,
    STEPS,
    stepTable(steps),
    ...steps.filter(isPerformed).flatMap((step) => [`### ${stepName(step)}`, table(withoutTime(step), STEP_DEFAULTS)]),
    `### scenario\n\nIn \`before\` alone: ${before!.items!.anyOf!.at(-1)!.properties!.scenario!.description}.`,
    '## stop',
    table(stop!, { when: 'converged', atMost: '1h' }),
    TAIL,
    CONTAINERS,
    versions(),
    kinds(),
  ].join('\n\n')}\n`;
}

/** What `cluster.kubernetes` switches. */
function versions(): string {
  const rows = VERSION_CHANGES.map(({ since, gate, meaning, source }) => {
    return `| ${since === NEVER ? '' : `1.${since}`} | ${meaning} | ${gate === '' ? '' : code(gate)} | ${source} |`;
  });
  const known = KNOWN_MINORS.map((minor) => code(`"1.${minor}"`)).join(', ');
  return [
    '## Versions of Kubernetes',
    `\`cluster.kubernetes\` is one of ${known}, and picks what changed between them; \`cluster.featureGates\` sets one otherwise:`,
    ['| since | is new | gate | source |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

/** What becomes of the objects in manifests, by kind. */
function kinds(): string {
  const registry = new KindRegistry();
  const passive = new Set(PASSIVE_KINDS.map(({ name }) => name));
  const names = registry.all.map(({ name }) => name);
  const named = (found: readonly string[]): string => found.map(code).join(', ');
  const missed = registry.all.filter((kind) => registry.isMissed(kind)).map(({ name }) => name);
  return [
    '## Kinds of objects',
    `Known to the model: ${named(names.filter((name) => !passive.has(name)))}.`,
    `Stored, but nothing acts on them yet, and a warning says so: ${named(missed)}.`,
    `Stored, and without effect on the figures: ${named(names.filter((name) => passive.has(name) && !missed.includes(name)))}.`,
  ].join('\n\n');
}

function sectionTable(name: string, section: Schema): string {
  return table(section, defaultsOf(name), (key) => hasEffect(name, key));
}

/** The keys of one map; those that nothing reads yet are named below the table instead. */
function table(
  { properties = {}, required = [] }: Schema,
  defaults: Readonly<Record<string, string>>,
  works: (key: string) => boolean = () => true,
): string {
  const rows = Object.entries(properties).filter(([key]) => works(key));
  const idle = Object.keys(properties).filter((key) => !works(key));
  const lines = rows.map(([key, value]) => {
    const fallback = required.includes(key) ? 'required' : (defaults[key] ?? '');
    return `| \`${key}\` | ${typeText(value)} | ${fallback} | ${meaning(value)} |`;
  });
  const head =
    lines.length === 0 ? [] : ['| key | type | default | meaning |', '|---|---|---|---|', ...lines].join('\n');
  const rest = idle.length === 0 ? [] : `Read and checked, but without effect so far: ${idle.map(code).join(', ')}.`;
  return [head, rest].flat().join('\n\n');
}

function typeText(schema: Schema): string {
  const timed = TIMED.exec(schema.description ?? '');
  if (timed !== null) return timed[1] === undefined ? 'duration' : 'distribution';
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(' or ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeText))].join(' or ');
  if (schema.type === 'array') return `list of ${plural(schema.items)}`;
  if (schema.type === 'object') return 'map';
  if (schema.type === 'integer') return `whole number${schema.minimum === undefined ? '' : ` from ${schema.minimum}`}`;
  return schema.type === 'string' ? 'text' : (schema.type ?? 'anything');
}

function plural(items: Schema | undefined): string {
  return items?.type === 'string' ? 'texts' : 'maps';
}

/** Defaults of Kubernetes 1.36, durations as a scenario writes them. */
function defaultsOf(section: string): Record<string, string> {
  const all = { ...clusterDefaults(36), kubelet: kubeletDefaults('kubelet') } as unknown as Record<string, object>;
  const hollow = kubeletDefaults('hollow') as unknown as Record<string, Partial<Distribution>>;
  const texts = Object.entries(all[section] ?? {}).map(([key, value]): [string, string] => {
    if (key.endsWith('Ns')) return [key.slice(0, -2), `${value / 1e9}s`];
    if (value === undefined) return [key, 'of the profile'];
    if (typeof value !== 'object') return [key, String(value)];
    const { text } = value as Partial<Distribution>;
    return [key, text === undefined ? '' : `${code(text)}; hollow ${code(hollow[key]!.text!)}`];
  });
  return Object.fromEntries(texts);
}

const builders = sourceFiles('src').filter(({ path }) => /^src\/(cluster|spokes|hub|client)\//.test(path));

/** Whether the program reads a section of the configuration, and this key of it. */
function hasEffect(section: string, key?: string): boolean {
  if (['kubernetes', 'featureGates', 'profile', 'nodes'].includes(section)) return true;
  const inSection = new RegExp(
    `\\bconfig\\.${section}\\b|\\{[^{}]*\\b${section}\\b[^{}]*\\}(: ClusterConfig| = config\\b)`,
  );
  if (!builders.some(({ text }) => inSection.test(text))) return false;
  if (key === undefined) return true;
  // So common a word that only the section tells: schedulers and controller managers may be 0, API servers are one.
  if (key === 'replicas')
    return section !== 'apiServer' || builders.some(({ text }) => text.includes('apiServer.replicas'));
  const word = new RegExp(`\\b${key}(Ns)?\\b`);
  return builders.some(({ path, text }) => path !== 'src/cluster/config.ts' && word.test(text));
}

function stepTable(steps: readonly Schema[]): string {
  const rows = steps.map((step) => {
    const works = isPerformed(step) ? 'yes' : 'not yet';
    return `| \`- { at: 5m, ${EXAMPLES[stepName(step)]} }\` | ${works} |`;
  });
  return ['| step | works |', '|---|---|', ...rows].join('\n');
}

function stepName({ properties = {} }: Schema): string {
  const [, [key, value]] = Object.entries(properties) as [unknown, [string, Schema]];
  return key === 'fault' ? `fault: ${value.const}` : key;
}

function isPerformed(step: Schema): boolean {
  const timeline = `timeline: [ { at: 5m, ${EXAMPLES[stepName(step)]} } ]`;
  const scenario = `cluster: { nodes: [ { count: 1, zone: a } ] }\n${timeline}\n`;
  const readFile = (path: string): string => (path === 'page.yaml' ? scenario : readFileSync(SHOP, 'utf8'));
  try {
    loadScenario('page.yaml', { readFile });
    return true;
  } catch (error) {
    if (String(error).includes('cannot do this yet')) return false;
    throw error;
  }
}

function code(text: string): string {
  return `\`${text}\``;
}

function meaning({ description = '' }: Schema): string {
  return description.replace(TIMED, '').replaceAll('|', '\\|');
}

function withoutTime({ properties = {}, ...rest }: Schema): Schema {
  const { at: _at, every: _every, times: _times, until: _until, ...others } = properties;
  return { ...rest, properties: others };
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const HEAD = `# The scenario file

Written from the schema that reads it, by \`npm run docs\`. YAML or JSON; an unknown key or a wrong value is an error with file,
line and column, what is allowed, and the nearest known key. A bare manifest may be given instead of a scenario: a small
cluster is put around it.

Durations are written as Go and Kubernetes write them: \`150ms\`, \`30s\`, \`1h30m\`. Where a distribution is allowed, a duration is a
constant, and the others are \`uniform(min=1ms, max=2ms)\`, \`exponential(mean=1ms)\`, \`normal(mean=1s, sd=100ms)\`,
\`lognormal(p50=1ms, p99=5ms)\` or \`lognormal(mean=1ms, sd=2ms)\`, \`pareto(scale=1ms, shape=2)\`, \`weibull(scale=1ms, shape=2)\` and
\`empirical(1ms:3, 5ms:1)\`, value and weight. Files are named relative to the file that names them.`;

const SHORTHAND = `## Variables, loops and included files

\`{{ name }}\` stands for a variable of \`vars:\`, or for CEL over variables: \`{{ 2 * replicas }}\`. Alone between its quotes it keeps its
type; within a longer text it becomes part of the text. \`hubsim run --set vars.replicas=300\` gives another value. An entry
\`{ each: { NAME: VALUES }, steps: […] }\` of a list stands for its steps once for each value; a number N stands for 0, 1, … N-1.
So they do in manifests that stand in the scenario itself, where what has quotes remains a text, and in the files that \`apply\` names;
there braces without a variable in them, such as those of Helm and Prometheus, stay as they are.
The files of \`include:\` are laid under this one: maps are merged, what this file says holds, and \`before\`, \`timeline\` and \`expect\`
begin with theirs.

\`\`\`yaml
include: three-nodes.yaml             # cluster: { nodes: [ { count: 3 } ] }
vars: { replicas: 30 }
timeline:
  - each: { name: [web, api] }
    steps:
      - { at: 0s, apply: { apiVersion: v1, kind: Namespace, metadata: { name: "{{ name }}" } } }
      - { at: 0s, scale: "deployment/{{ name }}", replicas: "{{ 2 * replicas }}" }
\`\`\``;

const STEPS = `## before and timeline

Steps of \`timeline\` happen at their \`at\`, a time since time zero or \`converged\`: when all before it has converged. Steps of \`before\`
have no \`at\`: they are done one after the other, each converged before the next, and time zero comes after the last.

A step may wait for a condition in CEL over the live figures, \`at: { when: pods.ready >= 40 }\`; it can come true as soon as the step
above has happened. A step whose time is over when the one above it has at last happened follows at once.

Any step of the timeline may happen again and again, at intervals of a duration or a distribution, so many times or until a time:
\`{ at: 1m, fault: node-crash, nodes: { any: 1 }, for: 90s, every: exponential(mean=10m), until: 1h }\`. The first time is \`at\`. Each step draws
from a stream of its own. A run that ends when all has converged waits for repetitions with \`times\` or \`until\`, not for endless ones.

A fault may strike somebody who is drawn anew each time: \`{ any: 1, labels: { pool: spot } }\` of the nodes,
\`target: controller-manager/any\` of the processes of a component or of a spoke of your own.

Several steps in a group, \`steps:\`, have a clock that begins with the group; it may wait and be repeated like any step.

\`\`\`yaml
cluster: { nodes: [ { count: 5 } ] }
before:
  - apply: manifests/web-20.yaml
timeline:
  - { at: 0s, scale: deployment/web, replicas: 60 }
  - at: { when: pods.ready >= 40 }
    every: 20s
    times: 3
    steps:
      - { at: 0s, scale: deployment/web, replicas: 20 }
      - { at: 10s, scale: deployment/web, replicas: 60 }
\`\`\`

${liveFigures()}

A load sends requests. \`load: closed\` has \`clients\` that wait for each answer; \`load: open\` sends at a \`rate\` whatever the answers: a number
a second, \`poisson(rate=20)\`, \`ramp(from=1, to=50, over=1m)\`, \`stepped(burst=10, every=1s)\`, or \`spread(over=1m)\`, which divides a time among
\`count\` requests. In ClusterLoader2 these are QPSLoad, RandomizedLoad, SteppedLoad and TimeLimitedLoad; ParallelismLimitedLoad is a closed
load. Objects are dealt out to \`namespaces\` in turn; with \`{{ index }}\` in it, a manifest is filled in for each:
without quotes it is a number, \`replicas: {{ index + 1 }}\`, in quotes a text. With a \`lifetime\` what was
created is deleted again:

\`\`\`yaml
cluster: { nodes: [ { count: 20 } ] }
timeline:
  - at: 0s
    load: open
    verb: create
    manifest: manifests/short-lived.yaml
    namespaces: 4
    rate: poisson(rate=8)
    lifetime: exponential(mean=20s)
    for: 60s
stop: { when: horizon, atMost: 60s }
\`\`\``;

/** What conditions over time may ask for. */
function liveFigures(): string {
  const rows = Object.entries(LIVE_FIGURES).map(([figure, meaning]) => `| \`${figure}\` | ${meaning} |`);
  return ['| live figure | is |', '|---|---|', ...rows].join('\n');
}

const TAIL = `## expect

Conditions in CEL over the keys of \`summary.json\`, such as \`pods.running == 1000\` or \`convergence.seconds < 51.0\`. One that is false, or
that asks for what was never measured, makes the exit code 1.

Over time, with the live figures: \`always(pods.running >= 2)\` holds at every moment, \`eventually(nodes.ready < 8)\` at one at least,
\`within(60s, pods.ready == 20)\` at one in the first minute, and \`within(3m, nodes.ready < 8, nodes.ready == 8)\` in the three minutes after
each moment at which the second part came true. They may be parts of a longer condition. The figures are looked at every
\`observe\`, 100ms if nothing is said, and at the end; looking changes no run. What failed is shown with its moment and its figures.`;

const CONTAINERS = `## What containers do

A manifest says what shall run, not how it behaves. Annotations of a pod, or of a template of pods, do; those that speak of
time take a duration or a distribution, those that speak of memory and disk an amount such as \`300Mi\` or a distribution of amounts. With \`.NAME\` behind it an annotation speaks of the container \`NAME\` alone, which may be an init
container or a sidecar; without, of all that are neither. Only \`exit-after\` and \`exit-code\` have effect with \`model: hollow\`.

| annotation | says |
|---|---|
| \`hubsim/exit-after\` | it ends so long after it has started; without it, it runs on, and an init container ends at once |
| \`hubsim/exit-code\` | with this; 0 |
| \`hubsim/exit-runs\` | only its first so many runs end; all |
| \`hubsim/started-after\` | its startup probe succeeds from so long after its start on; 0s |
| \`hubsim/ready-after\` | the same for its readiness probe; 0s |
| \`hubsim/hangs-after\` | from then on all its probes fail, and it does not heed SIGTERM; never |
| \`hubsim/post-start\` | its postStart hook takes so long; what \`lifecycle.postStart.sleep\` says, else 0s |
| \`hubsim/pre-stop\` | its preStop hook takes so long; what \`lifecycle.preStop.sleep\` says, else 0s |
| \`hubsim/gates-after\` | of the pod: somebody opens its readiness gates so long after its containers are ready; without it, nobody does |
| \`hubsim/memory\` | it uses so much memory when it has started; nothing is known without it |
| \`hubsim/memory-growth\` | and every second so much more; at its limit it is killed (137) |
| \`hubsim/disk\`, \`hubsim/disk-growth\` | the same of disk |
| \`hubsim/inodes\`, \`hubsim/inodes-growth\` | how many files it has written at first, and how many more every second |
| \`hubsim/pids\`, \`hubsim/pids-growth\` | how many process numbers it takes at first, and how many more every second |`;
