import { didYouMean } from './did-you-mean.js';
import { InputError } from './input-error.js';
import { apiVersionOf, BUILT_IN_KINDS, type Kind } from './kind.js';
import type { ApiObject } from './object.js';
import { PASSIVE_KINDS, type PassiveKind } from './passive-kinds.js';

/** A kind to register; namespaced and watch-cached unless it says otherwise. */
export interface KindDefinition {
  /** `''` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly name: string;
  readonly resource: string;
  readonly namespaced?: boolean;
  readonly watchCached?: boolean;
  readonly json?: boolean;
  readonly asDesired?: ((object: ApiObject) => boolean) | undefined;
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  cj: 'cronjobs',
  cm: 'configmaps',
  deploy: 'deployments',
  ds: 'daemonsets',
  ep: 'endpoints',
  ev: 'events',
  limits: 'limitranges',
  no: 'nodes',
  ns: 'namespaces',
  pdb: 'poddisruptionbudgets',
  po: 'pods',
  quota: 'resourcequotas',
  rc: 'replicationcontrollers',
  rs: 'replicasets',
  sa: 'serviceaccounts',
  sts: 'statefulsets',
  svc: 'services',
};

/** The kinds of one simulation: those hubsim knows, and those that a scenario or a library user adds. */
export class KindRegistry {
  readonly #kinds: Kind[] = [];
  readonly #byIdentity: Map<string, Kind> = new Map();
  readonly #byWord: Map<string, Kind> = new Map();
  readonly #missed: Set<Kind> = new Set();
  readonly #ownFrom: number;

  constructor(extra: readonly KindDefinition[] = []) {
    for (const kind of BUILT_IN_KINDS) this.#add(kind);
    for (const definition of PASSIVE_KINDS)
      if (!this.#byIdentity.has(identityOf(definition))) this.#addPassive(definition);
    this.#ownFrom = this.#kinds.length;
    for (const definition of extra) this.register(definition);
  }

  /** All kinds by id. */
  get all(): readonly Kind[] {
    return this.#kinds;
  }

  /** The kinds that a scenario or a library user added. */
  get own(): readonly Kind[] {
    return this.#kinds.slice(this.#ownFrom);
  }

  /** Adds a kind; throws InputError if its name and API version are taken. */
  register(definition: KindDefinition): Kind {
    const { group, version, name, resource, namespaced = true, watchCached = true, asDesired, json } = definition;
    const id = this.#kinds.length;
    const kind = Object.freeze({ id, group, version, name, resource, namespaced, watchCached, asDesired, json });
    if (this.#byIdentity.has(identityOf(kind)))
      throw new InputError(`kind ${name} of ${apiVersionOf(kind)} is registered already`, { value: name });
    this.#add(kind);
    return kind;
  }

  #addPassive({ missed, ...definition }: PassiveKind): void {
    const kind = this.register(definition);
    if (missed) this.#missed.add(kind);
  }

  #add(kind: Kind): void {
    this.#kinds.push(kind);
    this.#byIdentity.set(identityOf(kind), kind);
    for (const word of [kind.name.toLowerCase(), kind.resource])
      if (!this.#byWord.has(word)) this.#byWord.set(word, kind);
  }

  /** The kind that a manifest's `apiVersion` and `kind` name. */
  find(apiVersion: string, name: string): Kind | undefined {
    return this.#byIdentity.get(`${apiVersion}/${name}`);
  }

  /** The kind that a person means by `deployment`, `Deployment`, `deployments` or `deploy`. */
  named(word: string): Kind | undefined {
    const lower = word.toLowerCase();
    return this.#byWord.get(lower) ?? this.#byWord.get(SHORT_NAMES[lower] ?? '');
  }

  /** Whether a real cluster would act on objects of this kind while here nothing does. */
  isMissed(kind: Kind): boolean {
    return this.#missed.has(kind);
  }

  /** What to write instead of an unknown `apiVersion` and `kind`. */
  remedyFor(apiVersion: string, name: string): string {
    const sameName = this.#kinds.filter((kind) => kind.name === name).map(apiVersionOf);
    if (sameName.length > 0) return `${name} is of apiVersion ${sameName.join(' or ')}, not ${apiVersion}`;
    const near = didYouMean(name, new Set(this.#kinds.map((kind) => kind.name)));
    return (
      near ?? `known are ${BUILT_IN_KINDS.map((kind) => kind.name).join(', ')} and the kinds the scenario registers`
    );
  }
}

function identityOf(kind: Pick<Kind, 'group' | 'version' | 'name'>): string {
  return `${apiVersionOf(kind)}/${kind.name}`;
}
