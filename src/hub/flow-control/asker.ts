import type { Flow, SchemaFlows } from './flow.js';
import {
  nonResourceRuleMatches,
  type PathRequest,
  type ResourceRequest,
  resourceRuleMatches,
  subjectMatches,
} from './flow-rule.js';
import type { FlowRule } from './flow-schema.js';
import type { User } from './user.js';

/** A rule that is about the user. */
interface Candidate {
  readonly rule: FlowRule;
  readonly flows: SchemaFlows;
  /** The flow of everything that matches, unless that depends on the namespace. */
  readonly flow: Flow | undefined;
}

/**
 * A user, as flow control knows him: which rules are about him is worked out once, so that finding the flow of a request
 * is a few comparisons. The first schema in matching order with a rule about the user and the request has it; a
 * request that none is about belongs to `catch-all` (util/flowcontrol/apf_controller.go startRequest).
 */
export class Asker {
  private readonly user: string;
  private readonly candidates: readonly Candidate[];
  private readonly catchAll: SchemaFlows;

  /** `schemas` are in matching order. */
  constructor(user: User, schemas: readonly SchemaFlows[], catchAll: SchemaFlows) {
    this.user = user.name;
    this.catchAll = catchAll;
    this.candidates = schemas.flatMap((flows) => {
      const flow = flows.byNamespace ? undefined : flows.of(user.name, '');
      return flows.schema.spec.rules
        .filter((rule) => rule.subjects.some((subject) => subjectMatches(subject, user)))
        .map((rule) => ({ rule, flows, flow }));
    });
  }

  /** The flow of a request for objects. */
  flowOf(request: ResourceRequest): Flow {
    return this.match(request) ?? this.catchAll.of(this.user, request.namespace);
  }

  /** The flow of any other request. */
  flowOfPath(request: PathRequest): Flow {
    return this.matchPath(request) ?? this.catchAll.of(this.user, '');
  }

  /** The flow of the schema that is about a request for objects, if there is one. */
  match(request: ResourceRequest): Flow | undefined {
    for (const { rule, flows, flow } of this.candidates) {
      if (rule.resourceRules === undefined) continue;
      for (const resourceRule of rule.resourceRules) {
        if (resourceRuleMatches(resourceRule, request)) return flow ?? flows.of(this.user, request.namespace);
      }
    }
    return undefined;
  }

  /** The flow of the schema that is about any other request, if there is one. */
  matchPath(request: PathRequest): Flow | undefined {
    const found = this.candidates.find(({ rule }) =>
      rule.nonResourceRules?.some((nonResourceRule) => nonResourceRuleMatches(nonResourceRule, request)),
    );
    return found?.flows.of(this.user, '');
  }
}
