import type { PodSpecManifest, TolerationManifest } from '../api/pod-manifest.js';

/** Taints that every pod tolerates for a while (plugin/pkg/admission/defaulttolerationseconds). */
const TOLERATED_KEYS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'] as const;
/** `--default-not-ready-toleration-seconds` and its twin for unreachable nodes. */
const TOLERATION_SECONDS = 300;

/** The spec with the default tolerations that it does not state itself; the same spec when it states both. */
export function withDefaultTolerations(spec: PodSpecManifest): PodSpecManifest {
  const stated = spec.tolerations ?? [];
  const added = TOLERATED_KEYS.filter((key) => !stated.some((toleration) => covers(toleration, key)));
  if (added.length === 0) return spec;
  const defaults: readonly TolerationManifest[] = added.map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: TOLERATION_SECONDS,
  }));
  return { ...spec, tolerations: [...stated, ...defaults] };
}

function covers(toleration: TolerationManifest, key: string): boolean {
  const statedKey = toleration.key ?? '';
  const effect = toleration.effect ?? '';
  return (statedKey === key || statedKey === '') && (effect === 'NoExecute' || effect === '');
}
