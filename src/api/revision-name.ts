import { canonicalJson } from './canonical-json.js';
import type { PodTemplate } from './pod.js';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** No vowels, so that no words appear (apimachinery util/rand SafeEncodeString). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A name for a template, as history.HashControllerRevision makes one: FNV-1 of its content and of the number of
 * collisions so far, in letters. The content is hubsim's own text of it, so the letters are not Kubernetes' ones.
 */
export function revisionHash({ labels, annotations, shape }: PodTemplate, collisions: number): string {
  const text = canonicalJson({ labels, annotations, spec: shape.spec });
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(`${text}${collisions === 0 ? '' : collisions}`))
    hash = Math.imul(hash, FNV_PRIME) ^ byte;
  return [...`${hash >>> 0}`].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join('');
}
