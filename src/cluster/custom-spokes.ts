import type { Kind } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import type { Engine } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';
import type { Locate } from '../spokes/custom/custom-spoke.js';
import type { SpokeDefinition } from '../spokes/custom/spoke-definition.js';
import type { Hosts } from './hosts.js';
import type { Program } from './program.js';
import { type CustomSpokeParts, SpokeCopies } from './spoke-copies.js';

/** A spoke of the user's and the file it comes from. */
export interface LoadedSpoke {
  readonly definition: SpokeDefinition;
  readonly locate: Locate;
}

/** Makes a program on a host, which calls the hub as a user. */
export type ProgramOn = (name: string, host: Processor, user: string) => Program;

/** The spokes of the user's own, each in as many copies as it asks for. */
export function customSpokes(
  engine: Engine,
  hosts: Hosts,
  programOn: ProgramOn,
  parts: CustomSpokeParts & { readonly customSpokes?: readonly LoadedSpoke[] },
): SpokeCopies[] {
  return (parts.customSpokes ?? []).map(
    (spoke) => new SpokeCopies(engine, spoke, copiesOf(spoke, hosts, programOn), parts),
  );
}

/** Every copy of a spoke is a program of its own, on a machine of its own if the spoke asks for one. */
function copiesOf({ definition }: LoadedSpoke, hosts: Hosts, programOn: ProgramOn): readonly (() => Program)[] {
  const { name, replicas, cores } = definition;
  return Array.from({ length: replicas }, (_, copy) => {
    const own = copyName(name, copy, replicas);
    const host = cores === undefined ? hosts.of('clients') : hosts.add(own, cores);
    return () => programOn(own, host, userOf(name));
  });
}

/** How the program of a copy is named. */
export function copyName(spoke: string, copy: number, copies: number): string {
  return copies === 1 ? spoke : `${spoke}-${copy}`;
}

/** Operators run in pods, as service accounts of their own. */
export function userOf(name: string): string {
  return `system:serviceaccount:default:${name}`;
}

/** The kinds that spokes own objects of or make them of: the garbage collector has to follow them, too. */
export function watchedKinds(spokes: readonly LoadedSpoke[], kinds: KindRegistry): Kind[] {
  const watched = spokes.flatMap(({ definition }) => definition.watches.map(({ kind }) => kind));
  return [...new Set(watched.map(({ apiVersion, kind }) => kinds.find(apiVersion, kind)!))];
}
