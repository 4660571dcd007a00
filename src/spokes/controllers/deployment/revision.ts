import { REVISION, REVISION_HISTORY } from '../../../api/deployment-annotations.js';
import { isDigits } from '../../../api/digits.js';
import type { Labels } from '../../../api/labels.js';
import type { Deployment, ReplicaSet } from '../../../api/workload.js';
import { withCopiedAnnotations } from './annotation.js';

/** Longest revision-history annotation, characters (sync.go maxRevHistoryLengthInChars). */
const HISTORY_LENGTH_MAX = 2000;

/** A ReplicaSet's revision: 0 without one, undefined when the annotation is no integer. */
export function revisionOf(annotations: Labels): number | undefined {
  const text = annotations[REVISION];
  if (text === undefined) return 0;
  return isDigits(text, text[0] === '+' || text[0] === '-' ? 1 : 0) ? Number(text) : undefined;
}

/** The highest revision among the ReplicaSets, 0 when there is none. */
export function maxRevision(replicaSets: readonly ReplicaSet[]): number {
  let max = 0;
  for (const { metadata } of replicaSets) max = Math.max(max, revisionOf(metadata.annotations) ?? 0);
  return max;
}

/**
 * The annotations the new ReplicaSet should have: the Deployment's, and the given revision if that is higher than its
 * own; a revision it had before goes into its history, for then the Deployment was rolled back to it. The same object
 * when nothing is to change (deployment_util SetNewReplicaSetAnnotations).
 */
export function newReplicaSetAnnotations(deployment: Deployment, annotations: Labels, revision: number): Labels {
  const copied = withCopiedAnnotations(annotations, deployment.metadata.annotations);
  const known = annotations[REVISION] === '' ? 0 : revisionOf(annotations);
  if (known === undefined || known >= revision) return copied;
  const revised = { ...copied, [REVISION]: `${revision}` };
  const history = REVISION in annotations ? extendedHistory(annotations) : undefined;
  return history === undefined ? revised : { ...revised, [REVISION_HISTORY]: history };
}

/** The history with the current revision appended and the oldest ones dropped for length; undefined if none fits. */
function extendedHistory(annotations: Labels): string | undefined {
  const current = annotations[REVISION] ?? '';
  const history = annotations[REVISION_HISTORY] ?? '';
  const old = history.split(',');
  if (old[0] === '') return current;
  let length = history.length + current.length + 1;
  let start = 0;
  for (; length > HISTORY_LENGTH_MAX && start < old.length; start++) length -= old[start]!.length + 1;
  return length > HISTORY_LENGTH_MAX ? undefined : [...old.slice(start), current].join(',');
}
