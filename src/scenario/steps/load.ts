import * as z from 'zod';
import type { Selector } from '../../api/label-selector.js';
import type { ApiObject } from '../../api/object.js';
import { DATA_MAX, NAMESPACES_MAX, PODS_MAX } from '../../api/size-limits.js';
import type { Distribution } from '../../random/distribution.js';
import type { LoadTemplate, LoadVerb } from '../../spokes/load/load-order.js';
import type { ObjectName } from '../object-name.js';
import type { Place } from '../place.js';
import { count, distribution, duration } from '../schema-values.js';
import type { Action } from './action.js';
import { loadOrder } from './load-order.js';
import { readLoad } from './load-reader.js';
import { rateKey } from './rate-key.js';
import type { Rate } from './rate-reader.js';
import type { Stage } from './stage.js';
import { objectText } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** `load: closed`: clients that each send the next request when the last one was answered; `load: open`: requests at a rate. */
export interface LoadConfig {
  readonly clients: number;
  readonly verb: LoadVerb;
  /** Plural name, perhaps with a subresource: `configmaps`, `pods/binding`. */
  readonly resource: string;
  /** The objects to create, when `manifest:` names them. */
  readonly manifest: LoadTemplate | undefined;
  /** Where they are; as they say themselves without any. */
  readonly namespaces?: readonly string[];
  /** Of an open load; a closed one has none. */
  readonly rate?: Rate | undefined;
  /** How long what was created, or a watch, is there; undefined = for good. */
  readonly lifetime?: Distribution | undefined;
  /** Of `fault: conflict-storm`: the object that is changed again and again. */
  readonly rival?: ObjectName | undefined;
  /** Of GETs by name: the object asked for; of a kind without namespaces, its is `''`. */
  readonly asked?: { readonly namespace: string; readonly name: string } | undefined;
  /** Requests in all; -1 when `forNs` ends it. */
  readonly count: number;
  /** -1 when `count` ends it. */
  readonly forNs: number;
  /** Size of the data of each object made. */
  readonly bytes: number;
  /** Objects made before time zero to be read, bound or updated. */
  readonly objects: number;
  /** The user or group the requests come from. */
  readonly as: string;
  /** `resourceVersion` of reads: `''` a consistent one, `'0'` any; `undefined` when not given. */
  readonly resourceVersion: string | undefined;
  /** Of LISTs: whether they want the state at one revision. */
  readonly exact?: boolean;
  /** Of LISTs: objects in a page; 0 = all. */
  readonly limit?: number | undefined;
  /** Of LISTs: only objects with such labels. */
  readonly labelSelector?: Selector | undefined;
}

/** Requests of many clients, or at a rate. */
export class Load implements Action {
  private readonly config: LoadConfig;

  constructor(config: LoadConfig) {
    this.config = config;
  }

  get text(): string {
    const { clients, verb, resource, rival } = this.config;
    if (rival !== undefined) return `conflict-storm: ${objectText(rival)}`;
    return `load: ${clients} clients ${verb} ${resource}`;
  }

  get isOrder(): boolean {
    return this.config.rival === undefined;
  }

  get isFault(): boolean {
    return this.config.rival !== undefined;
  }

  get forNs(): number {
    return this.config.forNs;
  }

  get objects(): readonly ApiObject[] {
    const { manifest } = this.config;
    if (manifest === undefined) return [];
    return Array.from({ length: Math.max(this.namespaces.length, 1) }, (_, index) => manifest.copy(index));
  }

  get namespaces(): readonly string[] {
    return this.config.namespaces ?? [];
  }

  prepare(stage: Stage, place: Place): void {
    const { rate, count, as } = this.config;
    const order = loadOrder(this.config, place, `load-${stage.loads.size}`, stage.kinds, stage.shapes);
    const arrivals = rate === undefined ? undefined : () => rate.arrivals(count);
    stage.loads.set(this, stage.cluster.prepareLoad(order, as, arrivals));
  }

  perform({ loads }: Stage): void {
    loads.get(this)!.start();
  }
}

const inlineObject = z.record(z.string(), z.unknown());

const LOAD_VERBS: readonly LoadVerb[] = ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete'];

export const LOAD: StepKind = stepKind({
  shape: {
    load: z
      .enum(['closed', 'open'])
      .describe('closed: clients that send the next request when the last one was answered; open: requests at a rate'),
    clients: count(1, 'Of a closed load: concurrent clients').optional(),
    rate: rateKey.optional(),
    verb: z.enum(LOAD_VERBS).describe('What they do'),
    resource: z.string().optional().describe('Plural name, perhaps with a subresource: configmaps, pods/binding'),
    manifest: z
      .union([z.string(), inlineObject])
      .optional()
      .describe(
        'Of the object to create, a file or the manifest itself, as an object or a block of YAML; under names with -0, -1, … or with {{ index }}, {{ namespace }} and variables in it',
      ),
    namespaces: z
      .union([count(1, 'So many: ns-0, ns-1, …', NAMESPACES_MAX), z.array(z.string())])
      .optional()
      .describe('Namespaces that the objects are dealt out to: how many, or their names'),
    perNamespace: count(1, 'Objects in each namespace').optional(),
    lifetime: distribution('Of an open load: how long what it created, or a watch, is there').optional(),
    count: count(1, 'Requests in all', PODS_MAX).optional(),
    for: duration('How long').optional(),
    bytes: count(0, 'Size of the data of each object', DATA_MAX).optional(),
    objects: count(1, 'Objects made before time zero to be read, bound or changed').optional(),
    name: z.string().optional().describe('Of a get: the object of the cluster that is asked for, there or not'),
    namespace: z.string().optional().describe('Of a get with a name: its namespace; default'),
    as: z.string().optional().describe('User or group the requests come from'),
    resourceVersion: z
      .string()
      .regex(/^\d*$/, 'a resource version is "", "0" or a number')
      .optional()
      .describe('Of reads: "" a consistent one, "0" any, a number one that is not older'),
    resourceVersionMatch: z
      .literal('Exact')
      .optional()
      .describe(
        'Of a closed load of LISTs: the state at resourceVersion and no other; without one, the state that its first list showed, and a newer one when that is gone',
      ),
    limit: count(
      1,
      'Of a closed load of LISTs: objects in a page; the pages of a list are read one after the other',
    ).optional(),
    labelSelector: z.string().optional().describe('Of LISTs: only objects with such labels, such as app=shop'),
  },
  example: 'load: closed, clients: 16, verb: create, resource: configmaps, bytes: 1024, for: 10s',
  read: (input, reading) => new Load(readLoad(input, reading)),
});
