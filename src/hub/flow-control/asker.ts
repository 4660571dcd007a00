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
  /** The flow of everything that matches, once it was asked for, unless that depends on the namespace. */
  flow: Flow | undefined;
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
  /** What it asked for last, and the flow of that: a kubelet asks for its lease again and again. */
  private verb: string;
  private kind: ResourceRequest['kind'] | undefined;
  private subresource: string;
  private namespace: string;
  private flow: Flow | undefined;

  /** `schemas` are in matching order. */
  constructor(user: User, schemas: readonly SchemaFlows[], catchAll: SchemaFlows) {
    this.user = user.name;
    this.catchAll = catchAll;
    this.verb = '';
    this.kind = undefined;
    this.subresource = '';
    this.namespace = '';
    this.flow = undefined;
    this.candidates = candidatesFor(user, schemas);
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
    const { verb, kind, subresource, namespace } = request;
    if (kind === this.kind && verb === this.verb && namespace === this.namespace && subresource === this.subresource)
      return this.flow;
    this.verb = verb;
    this.kind = kind;
    this.subresource = subresource;
    this.namespace = namespace;
    this.flow = this.find(request);
    return this.flow;
  }

  private find(request: ResourceRequest): Flow | undefined {
    for (const candidate of this.candidates) {
      const rules = candidate.rule.resourceRules ?? [];
      for (const rule of rules)
        if (resourceRuleMatches(rule, request)) return this.flowIn(candidate, request.namespace);
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

  /** Working out a flow costs a hash; most users ask through one or two of the schemas about them. */
  private flowIn(candidate: Candidate, namespace: string): Flow {
    if (candidate.flows.byNamespace) return candidate.flows.of(this.user, namespace);
    candidate.flow ??= candidate.flows.of(this.user, '');
    return candidate.flow;
  }
}

function candidatesFor(user: User, schemas: readonly SchemaFlows[]): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const flows of schemas)
    for (const rule of flows.schema.spec.rules)
      if (isAbout(rule, user)) candidates.push({ rule, flows, flow: undefined });
  return candidates;
}

function isAbout({ subjects }: FlowRule, user: User): boolean {
  for (const subject of subjects) if (subjectMatches(subject, user)) return true;
  return false;
}
