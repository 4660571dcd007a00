import type { Kind } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import type { ApiObject } from '../api/object.js';
import type { PodShapes } from '../api/pod-shapes.js';
import { EventRecorder } from '../client/event-recorder.js';
import type { Informer } from '../client/informer.js';
import type { Processor } from '../engine/processor.js';
import type { Streams } from '../random/streams.js';
import { CustomSpoke, type Locate } from '../spokes/custom/custom-spoke.js';
import { ObjectCodec } from '../spokes/custom/object-codec.js';
import type { SpokeDefinition } from '../spokes/custom/spoke-definition.js';
import type { Hosts } from './hosts.js';
import type { Program } from './program.js';

/** A spoke of the user's and the file it comes from. */
export interface LoadedSpoke {
  readonly definition: SpokeDefinition;
  readonly locate: Locate;
}

/** What custom spokes are built from beside their programs. */
export interface CustomSpokeParts {
  readonly kinds: KindRegistry;
  readonly shapes: PodShapes;
  readonly streams: Streams;
}

/** Makes a program on a host, which calls the hub as a user. */
export type ProgramOn = (name: string, host: Processor, user: string) => Program;

/** Every copy of a spoke is a program of its own, on a machine of its own if the spoke asks for one. */
export function startCustomSpokes(
  hosts: Hosts,
  programOn: ProgramOn,
  parts: CustomSpokeParts & { readonly customSpokes?: readonly LoadedSpoke[] },
): void {
  for (const spoke of parts.customSpokes ?? []) {
    const { name, replicas, cores } = spoke.definition;
    for (let copy = 0; copy < replicas; copy++) {
      const copyName = replicas === 1 ? name : `${name}-${copy}`;
      const host = cores === undefined ? hosts.of('clients') : hosts.add(copyName, cores);
      startCustomSpoke(programOn(copyName, host, userOf(name)), spoke, parts);
    }
  }
}

function startCustomSpoke(program: Program, { definition, locate }: LoadedSpoke, parts: CustomSpokeParts): void {
  const { kinds, shapes, streams } = parts;
  const { process } = program;
  const user = userOf(definition.name);
  const client = program.client(process.name, user, definition.qps, definition.burst);
  const informers = new Map<Kind, Informer<ApiObject>>();
  for (const { kind } of definition.watches) {
    const known = kinds.find(kind.apiVersion, kind.kind)!;
    informers.set(known, program.informer(known));
  }
  const links = {
    process,
    client,
    events: new EventRecorder(process, client),
    stream: streams.stream(`spoke/${process.name}`),
    kinds,
    shapes,
    codec: new ObjectCodec(kinds, shapes),
    informers,
  };
  if (!definition.leaderElection) {
    new CustomSpoke(definition, links, () => true, locate);
    return;
  }
  const spoke = new CustomSpoke(definition, links, () => elector.leading, locate);
  const elector = program.contend(definition.name, () => spoke.takeOver());
}

/** Operators run in pods, as service accounts of their own. */
function userOf(name: string): string {
  return `system:serviceaccount:default:${name}`;
}

/** The kinds that spokes own objects of or make them of: the garbage collector has to follow them, too. */
export function watchedKinds(spokes: readonly LoadedSpoke[], kinds: KindRegistry): Kind[] {
  const watched = spokes.flatMap(({ definition }) => definition.watches.map(({ kind }) => kind));
  return [...new Set(watched.map(({ apiVersion, kind }) => kinds.find(apiVersion, kind)!))];
}
