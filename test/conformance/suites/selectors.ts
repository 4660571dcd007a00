import { toleration as completed } from '../../../src/api/build-shape.js';
import { parseFieldSelector } from '../../../src/api/field-selector.js';
import { InputError } from '../../../src/api/input-error.js';
import { scaledValue } from '../../../src/api/int-or-percent.js';
import { compileSelector, type LabelSelector } from '../../../src/api/label-selector.js';
import type { Labels } from '../../../src/api/labels.js';
import { matchesNode, NodeSelector, type NodeSelectorTermManifest } from '../../../src/api/node-affinity.js';
import type { TolerationManifest } from '../../../src/api/pod-manifest.js';
import { parseSelector } from '../../../src/api/selector-text.js';
import { firstUntoleratedTaint, type Taint, tolerates } from '../../../src/api/taint.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const selectors: Suite = { name: 'selectors', answer };

function answer({ tags, input }: Case): unknown {
  const question = QUESTIONS[tags[0] ?? ''];
  return question === undefined ? new Skip(`unknown question ${tags[0]}`) : question(input as never);
}

const QUESTIONS: Readonly<Record<string, (input: never) => unknown>> = {
  labelSelectorText({ text, sets }: { text: string; sets: readonly Labels[] }) {
    return orError(() => {
      const selector = parseSelector(text);
      const matches = sets.map((set) => selector.matches(set));
      return { error: false, text: selector.toString(), empty: selector.empty, matches };
    });
  },
  labelSelector({ selector, sets }: { selector?: LabelSelector | null; sets: readonly Labels[] }) {
    return orError(() => {
      const compiled = compileSelector(selector);
      return { error: false, matches: sets.map((set) => compiled.matches(set)) };
    });
  },
  fieldSelectorText({ text, sets }: { text: string; sets: readonly Labels[] }) {
    return orError(() => {
      const selector = parseFieldSelector(text);
      return { error: false, text: selector.toString(), matches: sets.map((set) => selector.matches(set)) };
    });
  },
  intstr({ value, total, roundUp }: { value: number | string; total: number; roundUp: boolean }) {
    return orError(() => ({ error: false, value: scaledValue(value, total, roundUp) }));
  },
  toleration(input: { toleration: TolerationManifest; taint: Taint }) {
    const toleration = completed(input.toleration);
    const taint = withValue(input.taint);
    return {
      tolerates: tolerates(toleration, taint),
      toleratesWithComparisonOperators: tolerates(toleration, taint, true),
    };
  },
  untolerated(input: { taints: readonly Taint[]; tolerations: readonly TolerationManifest[] }) {
    const found = firstUntoleratedTaint(input.taints.map(withValue), input.tolerations.map(completed));
    return { untolerated: found === undefined ? null : { ...found, value: found.value || undefined } };
  },
  nodeAffinity(input: {
    node: { metadata: { name: string; labels?: Labels } };
    nodeSelector: Labels | null;
    required: { nodeSelectorTerms?: readonly NodeSelectorTermManifest[] } | null;
  }) {
    const { name, labels = {} } = input.node.metadata;
    const required = input.required === null ? undefined : new NodeSelector(input.required.nodeSelectorTerms ?? []);
    const answered = orError(() => matchesNode(input.nodeSelector ?? undefined, required, name, labels));
    return typeof answered === 'boolean' ? { error: false, matches: answered } : { error: true, matches: false };
  },
};

/** A taint with the zero value that its JSON leaves out. */
function withValue(taint: Taint): Taint {
  return { ...taint, value: taint.value ?? '' };
}

/** What the function gives, or `{ error: true }` where it finds the input wrong. */
function orError(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof InputError) return { error: true };
    throw error;
  }
}
