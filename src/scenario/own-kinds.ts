import { parse } from '@marcbachmann/cel-js';
import { InputError } from '../api/input-error.js';
import type { KindRegistry } from '../api/kind-registry.js';
import { toManifest } from '../api/to-manifest.js';
import { defineKind, kindDefinition } from '../spokes/custom/kind-definition.js';
import { within } from './cluster-reader.js';
import type { OwnKindInput } from './schema.js';
import type { Source } from './source.js';

/** Registers the kinds of `kinds:`. Throws InputError. */
export function registerKinds(inputs: readonly OwnKindInput[], source: Source, kinds: KindRegistry): void {
  for (const [index, { converged, ...init }] of inputs.entries())
    within(source, ['kinds', index], () => {
      const ref = defineKind({ ...init, namespaced: init.namespaced ?? true });
      const asDesired = converged === undefined ? undefined : conditionOf(converged);
      kinds.register({ ...kindDefinition(ref), ...(asDesired === undefined ? {} : { asDesired }) });
    });
}

/** A condition over an object; what it asks for that is not there makes it false. */
function conditionOf(expression: string): (object: Parameters<typeof toManifest>[0]) => boolean {
  const condition = parsed(expression);
  return (object) => {
    const { metadata, spec = {}, status = {} } = toManifest(object);
    try {
      return condition({ metadata, spec, status }) === true;
    } catch {
      return false;
    }
  };
}

function parsed(expression: string): (object: Record<string, unknown>) => unknown {
  try {
    return parse(expression);
  } catch (error) {
    const message = (error as Error).message.split('\n')[0]!;
    throw new InputError(`converged: ${message}`, {
      value: expression,
      remedy: 'write CEL: status.ready == spec.count',
    });
  }
}
