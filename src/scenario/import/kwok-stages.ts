import { type JsonObject, objectAt, objectsAt } from '../../api/json.js';
import { cleanManifest } from './clean-manifest.js';
import type { Found } from './cluster-state.js';
import type { Imported } from './imported.js';
import { comment, manifestYaml, yamlOf } from './yaml-text.js';

/** Whether an object is a Stage of KWOK. */
export function isStage({ apiVersion, kind }: JsonObject): boolean {
  return kind === 'Stage' && String(apiVersion).startsWith('kwok.x-k8s.io/');
}

/** What of `cluster.kubelet` a stage stands for. */
type Part = 'podStart' | 'podStop' | 'nodeStatusReportFrequency' | undefined;

/** A scenario whose kubelets take as long as the stages say; other objects of the files are its nodes and its load. */
export function importStages(name: string, paths: readonly string[], found: readonly Found[]): Imported {
  const notes: string[] = [];
  const kubelet: Record<string, unknown> = { model: 'hollow' };
  const stages = found.filter(({ manifest }) => isStage(manifest));
  for (const { manifest, place } of stages) {
    const stage = String(objectAt(manifest, 'metadata')?.name);
    const part = partOf(manifest);
    if (part === undefined) notes.push(`${place}: stage ${stage} is left out: hubsim has nothing like it`);
    else
      kubelet[part] =
        part === 'nodeStatusReportFrequency' ? `${periodMs(manifest)}ms` : delayOf(manifest, place, notes);
  }
  const others = found.filter(({ manifest }) => !isStage(manifest)).map(({ manifest }) => cleanManifest(manifest));
  const nodes = others.filter(({ kind }) => kind === 'Node');
  const objects = others.filter(({ kind }) => kind !== 'Node');
  const about = [`What the stages of KWOK in ${paths.join(', ')} come to: how long pods take to start and to end.`];
  const doubts =
    notes.length === 0 ? [] : ['', 'Left out or different from the original:', ...notes.map((note) => `- ${note}`)];
  const scenario = {
    name,
    question: 'What does the cluster do with kubelets like these?',
    cluster: { nodes: nodes.length > 0 ? [{ file: 'nodes.yaml' }] : [{ count: 10 }], kubelet },
    timeline: objects.length > 0 ? [{ at: '0s', apply: 'objects.yaml' }] : [],
  };
  const files = [{ path: 'scenario.yaml', text: comment([...about, ...doubts]) + yamlOf(scenario) }];
  if (nodes.length > 0) files.push({ path: 'nodes.yaml', text: manifestYaml(nodes) });
  if (objects.length > 0) files.push({ path: 'objects.yaml', text: manifestYaml(objects) });
  return { files, notes };
}

/** Stages are written in two ways: with `next`, and since KWOK 0.7 with `steps` and selectors in jq. */
function partOf(stage: JsonObject): Part {
  const spec = objectAt(stage, 'spec');
  const kind = objectAt(spec, 'resourceRef')?.kind;
  const conditions = objectsAt(objectAt(spec, 'selector'), 'matchExpressions');
  const keys = conditions.map((condition) => String(objectAt(condition, 'jq')?.key ?? condition.key));
  const does = JSON.stringify([spec?.next, spec?.steps]);
  // What comes at once, and once, is the registration of a node.
  if (kind === 'Node')
    return does.includes('lastHeartbeatTime') && periodMs(stage) > 0 ? 'nodeStatusReportFrequency' : undefined;
  // Stages of particular pods are asked for by their labels.
  if (kind !== 'Pod' || keys.some((key) => key.startsWith('.metadata.labels'))) return undefined;
  if (does.includes('"delete":true')) return 'podStop';
  return /phase: ?(\\"|')?Running/.test(does) ? 'podStart' : undefined;
}

/** `durationMilliseconds` to `jitterDurationMilliseconds`, drawn evenly. */
function delayOf(stage: JsonObject, place: string, notes: string[]): string {
  const delay = objectAt(objectAt(stage, 'spec'), 'delay') ?? {};
  const { durationMilliseconds = 0, jitterDurationMilliseconds = durationMilliseconds } = delay;
  if (delay.durationFrom !== undefined || delay.jitterDurationFrom !== undefined)
    notes.push(`${place}: spec.delay: what pods say of their own delay is left out`);
  const [least, most] = [Number(durationMilliseconds), Number(jitterDurationMilliseconds)];
  return most > least ? `uniform(min=${least}ms, max=${most}ms)` : `${least}ms`;
}

function periodMs(stage: JsonObject): number {
  return Number(objectAt(objectAt(stage, 'spec'), 'delay')?.durationMilliseconds ?? 0);
}
