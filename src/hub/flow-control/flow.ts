import { flowHash } from './flow-hash.js';
import type { FlowSchema } from './flow-schema.js';
import { dealHand } from './hand.js';
import { type PriorityLevel, queuingOf } from './priority-level.js';

/** Requests that are treated as one: of one flow schema and, where it tells them apart, of one user or namespace. */
export interface Flow {
  readonly schema: FlowSchema;
  readonly level: PriorityLevel;
  /** Place of the level in the list it came in. */
  readonly levelIndex: number;
  readonly distinguisher: string;
  /** `undefined` where the level has no queues to choose from. */
  readonly hash: bigint | undefined;
  /** The queues the flow may use. */
  readonly hand: readonly number[];
}

/** The flows of one schema, each made when it is first asked for. */
export class SchemaFlows {
  readonly schema: FlowSchema;
  readonly byNamespace: boolean;
  private readonly level: PriorityLevel;
  private readonly levelIndex: number;
  private readonly flows: Map<string, Flow>;
  /** Of users who are known by number. */
  private readonly numbered: (Flow | undefined)[];
  /** The one that was asked for last: it often is the next, too. */
  private last: Flow | undefined;

  constructor(schema: FlowSchema, level: PriorityLevel, levelIndex: number) {
    this.schema = schema;
    this.byNamespace = schema.spec.distinguisherMethod?.type === 'ByNamespace';
    this.level = level;
    this.levelIndex = levelIndex;
    this.flows = new Map();
    this.numbered = [];
    this.last = undefined;
  }

  /** The flow of a user's requests in a namespace (apf_controller.go computeFlowDistinguisher). */
  of(user: string, namespace: string): Flow {
    const method = this.schema.spec.distinguisherMethod;
    const distinguisher = method === undefined ? '' : method.type === 'ByUser' ? user : namespace;
    if (this.last?.distinguisher !== distinguisher)
      this.last = this.flows.get(distinguisher) ?? this.open(distinguisher);
    return this.last!;
  }

  /** The same for a user who is known by number, and asked for by name once. */
  ofNumbered(number: number, asker: { readonly user: string }): Flow {
    // Without holes the array stays a plain one.
    while (this.numbered.length <= number) this.numbered.push(undefined);
    let flow = this.numbered[number];
    if (flow === undefined) {
      flow = this.of(asker.user, '');
      this.numbered[number] = flow;
    }
    return flow;
  }

  private open(distinguisher: string): Flow {
    const flow = this.create(distinguisher);
    this.flows.set(distinguisher, flow);
    return flow;
  }

  private create(distinguisher: string): Flow {
    const { schema, level, levelIndex } = this;
    const queuing = queuingOf(level);
    if (queuing === undefined) return { schema, level, levelIndex, distinguisher, hash: undefined, hand: [] };
    // One queue leaves nothing to choose; the server does not tell flows apart then.
    const hash = queuing.queues > 1 ? flowHash(schema.name, distinguisher) : 0n;
    return { schema, level, levelIndex, distinguisher, hash, hand: dealHand(hash, queuing.queues, queuing.handSize) };
  }
}
