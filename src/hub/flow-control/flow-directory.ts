import { assert } from '../../engine/assert.js';
import { flowHash } from './flow-hash.js';
import { FlowMatcher } from './flow-matcher.js';
import type { PathRequest, ResourceRequest } from './flow-rule.js';
import type { FlowSchema } from './flow-schema.js';
import { dealHand } from './hand.js';
import { type PriorityLevel, queuingOf } from './priority-level.js';
import type { User } from './user.js';

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

const CATCH_ALL = 'catch-all';

/**
 * Every flow there is, made when its first request comes. A request that no schema is about belongs to `catch-all`
 * (util/flowcontrol/apf_controller.go startRequest).
 */
export class FlowDirectory {
  private readonly matcher: FlowMatcher;
  private readonly catchAll: FlowSchema;
  private readonly levels: readonly PriorityLevel[];
  private readonly flows: Map<FlowSchema, Map<string, Flow>>;

  /** Schemas of a level that does not exist are left out, as the API server leaves them. */
  constructor(schemas: readonly FlowSchema[], levels: readonly PriorityLevel[]) {
    const names = new Set(levels.map(({ name }) => name));
    const usable = schemas.filter(({ spec }) => names.has(spec.priorityLevelConfiguration.name));
    const catchAll = usable.find(({ name }) => name === CATCH_ALL);
    assert(catchAll !== undefined, 'there is no flow schema catch-all');
    this.matcher = new FlowMatcher(usable);
    this.catchAll = catchAll;
    this.levels = levels;
    this.flows = new Map(usable.map((schema) => [schema, new Map<string, Flow>()]));
  }

  find(user: User, request: ResourceRequest): Flow {
    return this.flow(this.matcher.match(user, request) ?? this.catchAll, user.name, request.namespace);
  }

  findPath(user: User, request: PathRequest): Flow {
    return this.flow(this.matcher.matchPath(user, request) ?? this.catchAll, user.name, '');
  }

  private flow(schema: FlowSchema, user: string, namespace: string): Flow {
    const distinguisher = distinguisherOf(schema, user, namespace);
    const flows = this.flows.get(schema)!;
    let flow = flows.get(distinguisher);
    if (flow === undefined) {
      flow = this.create(schema, distinguisher);
      flows.set(distinguisher, flow);
    }
    return flow;
  }

  private create(schema: FlowSchema, distinguisher: string): Flow {
    const levelIndex = this.levels.findIndex(({ name }) => name === schema.spec.priorityLevelConfiguration.name);
    const level = this.levels[levelIndex]!;
    const queuing = queuingOf(level);
    if (queuing === undefined) return { schema, level, levelIndex, distinguisher, hash: undefined, hand: [] };
    // One queue leaves nothing to choose; the server does not tell flows apart then.
    const hash = queuing.queues > 1 ? flowHash(schema.name, distinguisher) : 0n;
    return { schema, level, levelIndex, distinguisher, hash, hand: dealHand(hash, queuing.queues, queuing.handSize) };
  }
}

function distinguisherOf({ spec }: FlowSchema, user: string, namespace: string): string {
  switch (spec.distinguisherMethod?.type) {
    case 'ByUser':
      return user;
    case 'ByNamespace':
      return namespace;
    case undefined:
      return '';
  }
}
