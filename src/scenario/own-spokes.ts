import { InputError } from '../api/input-error.js';
import type { KindRegistry } from '../api/kind-registry.js';
import type { LoadedSpoke } from '../cluster/custom-spokes.js';
import { type AnyKind, KindRef, kindDefinition } from '../spokes/custom/kind-definition.js';
import { SpokeDefinition } from '../spokes/custom/spoke-definition.js';
import { type ReadFile, readNamed, resolveFile } from './files.js';
import type { Source } from './source.js';
import { loadSpokeModule } from './spoke-module.js';

/** Runs the modules of `spokes:` and registers the kinds they define. Throws InputError. */
export function readSpokes(
  files: readonly string[],
  source: Source,
  readFile: ReadFile,
  kinds: KindRegistry,
): readonly LoadedSpoke[] {
  const spokes: LoadedSpoke[] = [];
  for (const [index, named] of files.entries()) {
    const path = ['spokes', index];
    const file = resolveFile(named, source.fileAt(path));
    const { exports, locate } = loadSpokeModule(file, readNamed(readFile, file, source, path));
    const exported = Object.values(exports);
    const found = exported.filter((one) => one instanceof SpokeDefinition);
    const refs = exported.filter((one) => one instanceof KindRef);
    if (found.length === 0 && refs.length === 0)
      throw source.error(path, `${named} exports no spoke and no kind`, 'write export const cook = defineSpoke({ … })');
    for (const ref of refs) register(ref, kinds);
    for (const definition of found) {
      if (spokes.some((one) => one.definition.name === definition.name))
        throw source.error(path, `two spokes are named ${definition.name}`);
      for (const { kind } of definition.watches) register(kind, kinds);
      spokes.push({ definition, locate });
    }
  }
  return spokes;
}

/** A kind that another module has defined alike is the same one. */
function register(ref: AnyKind, kinds: KindRegistry): void {
  const { apiVersion, kind, plural } = ref;
  const known = kinds.find(apiVersion, kind);
  if (known === undefined) kinds.register(kindDefinition(ref));
  else if (known.resource !== plural)
    throw new InputError(`${kind} of ${apiVersion} has two plurals: ${known.resource} and ${plural}`);
}
