import { canonicalJson } from '../api/canonical-json.js';
import type { Job } from '../api/job.js';
import type { PodTemplate } from '../api/pod.js';
import type { ContainerManifest } from '../api/pod-manifest.js';
import { templateManifest } from '../api/workload-manifest.js';
import { immutable, selectorProblem } from './immutable-field.js';
import { unplaced } from './immutable-pod-spec.js';

/** What may not be changed of a Job that exists (batch/validation ValidateJobSpecUpdate). */
export function jobProblems(before: Job, after: Job): readonly string[] {
  const [old, now] = [before.spec, after.spec];
  return [
    ...completionsProblem(before, after),
    ...selectorProblem(old.selector, now.selector),
    ...templateProblem(before, now.template),
    ...immutable('spec.completionMode', old.completionMode, now.completionMode),
    ...immutable('spec.podFailurePolicy', old.podFailurePolicy, now.podFailurePolicy),
    ...immutable('spec.backoffLimitPerIndex', limit(old.backoffLimitPerIndex), limit(now.backoffLimitPerIndex)),
    ...immutable('spec.managedBy', old.managedBy || null, now.managedBy || null),
    ...immutable('spec.successPolicy', old.successPolicy, now.successPolicy),
  ];
}

/** Numbers that are not there are -1 here. */
function limit(number: number): number | null {
  return number < 0 ? null : number;
}

function completionsProblem({ spec: old }: Job, { spec: now }: Job): readonly string[] {
  if (now.completionMode !== 'Indexed')
    return immutable('spec.completions', limit(old.completions), limit(now.completions));
  if (old.completions === now.completions || now.completions === now.parallelism) return [];
  return [`spec.completions: Invalid value: ${now.completions}: can only be modified in tandem with spec.parallelism`];
}

/** The template of a Job that is suspended may still change in what its pods ask for and where they may run. */
function templateProblem({ spec, status }: Job, now: PodTemplate): readonly string[] {
  const suspended = status.conditions.some((one) => one.type === 'Suspended' && one.status === 'True');
  const open = spec.suspend && status.active === 0 && (status.startTimeNs < 0 || suspended);
  const fixed = (template: PodTemplate): unknown => (open ? fixedPart(template) : templateManifest(template));
  if (canonicalJson(fixed(spec.template)) === canonicalJson(fixed(now))) return [];
  return [`spec.template: Invalid value: ${canonicalJson(templateManifest(now))}: field is immutable`];
}

function fixedPart({ shape: { spec } }: PodTemplate): unknown {
  const withoutResources = ({ resources: _, ...container }: ContainerManifest) => container;
  const { tolerations: _, schedulingGates: _gates, ...fixed } = spec;
  const containers = spec.containers.map(withoutResources);
  return { ...fixed, containers, initContainers: spec.initContainers?.map(withoutResources), ...unplaced(spec) };
}
