import {
  nonResourceRuleMatches,
  type PathRequest,
  type ResourceRequest,
  resourceRuleMatches,
  subjectMatches,
} from './flow-rule.js';
import { type FlowRule, type FlowSchema, inMatchingOrder } from './flow-schema.js';
import type { User } from './user.js';

/** A rule that is about a user, and the schema it belongs to. */
interface Candidate {
  readonly schema: FlowSchema;
  readonly rule: FlowRule;
}

/**
 * Finds the flow schema of a request: the first in matching order with a rule that is about the user and about what he
 * asks (util/flowcontrol/rule.go). Which rules are about a user is worked out once a user.
 */
export class FlowMatcher {
  private readonly schemas: readonly FlowSchema[];
  private readonly candidates: Map<User, readonly Candidate[]>;

  constructor(schemas: readonly FlowSchema[]) {
    this.schemas = inMatchingOrder(schemas);
    this.candidates = new Map();
  }

  match(user: User, request: ResourceRequest): FlowSchema | undefined {
    for (const { schema, rule } of this.candidatesOf(user)) {
      if (rule.resourceRules === undefined) continue;
      for (const resourceRule of rule.resourceRules) if (resourceRuleMatches(resourceRule, request)) return schema;
    }
    return undefined;
  }

  matchPath(user: User, request: PathRequest): FlowSchema | undefined {
    const found = this.candidatesOf(user).find(({ rule }) =>
      rule.nonResourceRules?.some((nonResourceRule) => nonResourceRuleMatches(nonResourceRule, request)),
    );
    return found?.schema;
  }

  private candidatesOf(user: User): readonly Candidate[] {
    let candidates = this.candidates.get(user);
    if (candidates === undefined) {
      candidates = this.schemas.flatMap((schema) =>
        schema.spec.rules
          .filter((rule) => rule.subjects.some((subject) => subjectMatches(subject, user)))
          .map((rule) => ({ schema, rule })),
      );
      this.candidates.set(user, candidates);
    }
    return candidates;
  }
}
