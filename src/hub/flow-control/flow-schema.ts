/** Whom a rule is about (flowcontrol.apiserver.k8s.io/v1 Subject); `*` as a name is everybody. */
export type Subject =
  | { readonly kind: 'User'; readonly user: { readonly name: string } }
  | { readonly kind: 'Group'; readonly group: { readonly name: string } }
  | { readonly kind: 'ServiceAccount'; readonly serviceAccount: { readonly namespace: string; readonly name: string } };

/** Requests for objects; a list of `*` alone is everything. */
export interface ResourceRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  /** `pods`, or `pods/status` for a subresource. */
  readonly resources: readonly string[];
  readonly namespaces?: readonly string[];
  /** Whether requests without a namespace match. */
  readonly clusterScope?: boolean;
}

/** Requests for anything else: `/healthz`, `/api` … */
export interface NonResourceRule {
  readonly verbs: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

export interface FlowRule {
  readonly subjects: readonly Subject[];
  readonly resourceRules?: readonly ResourceRule[];
  readonly nonResourceRules?: readonly NonResourceRule[];
}

/** Which requests belong together, and to which priority level (a FlowSchema object's name and spec). */
export interface FlowSchema {
  readonly name: string;
  readonly spec: {
    /** The schema with the lowest number that matches takes a request. */
    readonly matchingPrecedence: number;
    readonly priorityLevelConfiguration: { readonly name: string };
    /** What tells the flows of a schema apart; left out, they are one flow. */
    readonly distinguisherMethod?: { readonly type: 'ByUser' | 'ByNamespace' };
    readonly rules: readonly FlowRule[];
  };
}

/** The order of matching: precedence, then name. */
export function inMatchingOrder(schemas: readonly FlowSchema[]): FlowSchema[] {
  return [...schemas].sort((a, b) => {
    const difference = a.spec.matchingPrecedence - b.spec.matchingPrecedence;
    return difference !== 0 ? difference : a.name < b.name ? -1 : 1;
  });
}
