import type { PodTemplate } from '../../../api/pod.js';
import type { GoDump } from './go-dump.js';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** No vowels, so that no words appear (apimachinery util/rand). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** The text that a template of hubsim's own objects is hashed as. */
export function dumpTemplate(dump: GoDump, template: PodTemplate): string {
  const metadata = { labels: template.labels, annotations: template.annotations };
  return dump.podTemplate({ metadata, spec: template.shape.spec });
}

/**
 * The pod-template-hash of a dumped template: FNV-1a of the dump and of the number of collisions so far, if any
 * (controller_utils ComputeHash).
 */
export function templateHash(dumped: string, collisions: number | undefined): string {
  let hash = fnv1a(FNV_OFFSET, new TextEncoder().encode(dumped));
  if (collisions !== undefined) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setUint32(0, collisions, true);
    hash = fnv1a(hash, bytes);
  }
  return [...`${hash >>> 0}`].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join('');
}

function fnv1a(start: number, bytes: Uint8Array): number {
  let hash = start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return hash;
}
