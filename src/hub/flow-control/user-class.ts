import type { SchemaFlows } from './flow.js';
import { nonResourceRuleMatches, type PathRequest, type ResourceRequest, resourceRuleMatches } from './flow-rule.js';
import type { FlowRule } from './flow-schema.js';

/** Requests that are remembered; a kubelet makes no more than about this many sorts. */
const REMEMBERED = 8;

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
  /** What was asked for last, from the front. */
  private readonly asked: Asked[];

  constructor(candidates: readonly Candidate[]) {
    this.candidates = candidates;
    this.asked = [];
  }

  /** The flows of the schema that is about a request for objects, if there is one. */
  match(request: ResourceRequest): SchemaFlows | undefined {
    const { asked } = this;
    let at = 0;
    while (at < asked.length && !isFor(asked[at]!, request)) at++;
    if (at === asked.length) {
      const { verb, kind, subresource, namespace } = request;
      at = Math.min(at, REMEMBERED - 1);
      asked[at] = { verb, kind, subresource, namespace, flows: this.find(request) };
    }
    const found = asked[at]!;
    if (at > 0) {
      asked[at] = asked[at - 1]!;
      asked[at - 1] = found;
    }
    return found.flows;
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
