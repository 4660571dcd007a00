import type { SchemaFlows } from './flow.js';
import { nonResourceRuleMatches, type PathRequest, type ResourceRequest, resourceRuleMatches } from './flow-rule.js';
import type { FlowRule } from './flow-schema.js';

/** Requests that are remembered; a kubelet makes fewer sorts of them. */
const REMEMBERED = 16;

/** A rule that is about the users. */
export interface Candidate {
  readonly rule: FlowRule;
  readonly flows: SchemaFlows;
}

/** A request that was asked for, and the flows of the schema that is about it. */
interface Asked {
  readonly verb: string;
  readonly kind: ResourceRequest['kind'];
  readonly subresource: string;
  readonly namespace: string;
  readonly flows: SchemaFlows | undefined;
}

/**
 * Users whom the same rules are about, as all kubelets are: under which schema a request falls is worked out once for all of
 * them, and is at hand when the next of them asks.
 */
export class UserClass {
  /** In matching order. */
  private readonly candidates: readonly Candidate[];
  /** What was asked for; once there is no more room, the oldest makes it. */
  private readonly asked: Asked[];
  private oldest: number;
  /** What was asked for last: it often is the next, too. */
  private last: Asked | undefined;

  constructor(candidates: readonly Candidate[]) {
    this.candidates = candidates;
    this.asked = [];
    this.oldest = 0;
    this.last = undefined;
  }

  /** The flows of the schema that is about a request for objects, if there is one. */
  match(request: ResourceRequest): SchemaFlows | undefined {
    const { last } = this;
    if (last !== undefined && isFor(last, request)) return last.flows;
    const found = this.recall(request) ?? this.remember(request);
    this.last = found;
    return found.flows;
  }

  private recall(request: ResourceRequest): Asked | undefined {
    for (let i = 0; i < this.asked.length; i++) if (isFor(this.asked[i]!, request)) return this.asked[i];
    return undefined;
  }

  private remember(request: ResourceRequest): Asked {
    const { verb, kind, subresource, namespace } = request;
    const asked = { verb, kind, subresource, namespace, flows: this.find(request) };
    if (this.asked.length < REMEMBERED) this.asked.push(asked);
    else {
      this.asked[this.oldest] = asked;
      this.oldest = (this.oldest + 1) % REMEMBERED;
    }
    return asked;
  }

  /** The same for any other request. */
  matchPath(request: PathRequest): SchemaFlows | undefined {
    const found = this.candidates.find(({ rule }) =>
      rule.nonResourceRules?.some((nonResourceRule) => nonResourceRuleMatches(nonResourceRule, request)),
    );
    return found?.flows;
  }

  private find(request: ResourceRequest): SchemaFlows | undefined {
    for (const { rule, flows } of this.candidates)
      for (const resourceRule of rule.resourceRules ?? []) if (resourceRuleMatches(resourceRule, request)) return flows;
    return undefined;
  }
}

function isFor(asked: Asked, { verb, kind, subresource, namespace }: ResourceRequest): boolean {
  return (
    kind === asked.kind && verb === asked.verb && namespace === asked.namespace && subresource === asked.subresource
  );
}
