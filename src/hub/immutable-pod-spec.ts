import { canonicalJson } from '../api/canonical-json.js';
import type { PodSpec } from '../api/pod.js';
import type { ContainerManifest, PodSpecManifest, TolerationManifest } from '../api/pod-manifest.js';

const OTHERS =
  'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,' +
  '`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing ' +
  'tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/**
 * What may not be changed of a pod that exists (core/validation ValidatePodUpdate), without the list of differences that
 * the original adds. Node selectors and node affinities of pods with gates are taken as they come.
 */
export function podSpecProblems(before: PodSpec, after: PodSpec): readonly string[] {
  const [old, now] = [before.shape.spec, after.shape.spec];
  const numbers = containerNumberProblem('containers', old.containers, now.containers);
  if (numbers !== '') return [numbers];
  const initNumbers = containerNumberProblem('initContainers', old.initContainers, now.initContainers);
  if (initNumbers !== '') return [initNumbers];
  const problems: string[] = [];
  if (!keepsTolerations(old.tolerations ?? [], now.tolerations ?? []))
    problems.push('spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds');
  const gated = gatesOf(old).length > 0;
  for (const [index, gate] of gatesOf(now).entries())
    if (!gatesOf(old).includes(gate))
      problems.push(
        `spec.schedulingGates[${index}].name: Forbidden: only deletion is allowed, but found new scheduling gate '${gate}'`,
      );
  const moved = before.nodeName !== after.nodeName;
  if (moved || canonicalJson(fixedPart(old, gated)) !== canonicalJson(fixedPart(now, gated))) problems.push(OTHERS);
  return problems;
}

function containerNumberProblem(
  field: string,
  old: readonly ContainerManifest[] = [],
  now: readonly ContainerManifest[] = [],
): string {
  return old.length === now.length ? '' : `spec.${field}: Forbidden: pod updates may not add or remove containers`;
}

function keepsTolerations(old: readonly TolerationManifest[], now: readonly TolerationManifest[]): boolean {
  const keyOf = ({ tolerationSeconds: _, ...toleration }: TolerationManifest): string => canonicalJson(toleration);
  const kept = new Set(now.map(keyOf));
  return old.every((toleration) => kept.has(keyOf(toleration)));
}

function gatesOf({ schedulingGates }: PodSpecManifest): readonly string[] {
  return ((schedulingGates ?? []) as readonly { readonly name: string }[]).map(({ name }) => name);
}

/** Without what may change. */
function fixedPart(spec: PodSpecManifest, gated: boolean): unknown {
  const withoutImage = ({ image: _, ...container }: ContainerManifest) => container;
  const { activeDeadlineSeconds: _, tolerations: _tolerations, schedulingGates: _gates, ...fixed } = spec;
  const containers = spec.containers.map(withoutImage);
  const initContainers = spec.initContainers?.map(withoutImage);
  if (!gated) return { ...fixed, containers, initContainers };
  return { ...fixed, containers, initContainers, ...unplaced(spec) };
}

/** A spec without where its pods may run. */
export function unplaced({ affinity }: PodSpecManifest): Record<string, unknown> {
  const { nodeAffinity: _, ...others } = affinity ?? {};
  return { nodeSelector: undefined, affinity: Object.keys(others).length === 0 ? undefined : others };
}
