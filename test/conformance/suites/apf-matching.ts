import { DEFAULT_FLOW_SCHEMAS } from '../../../src/hub/flow-control/default-flow-schemas.js';
import { DEFAULT_PRIORITY_LEVELS } from '../../../src/hub/flow-control/default-priority-levels.js';
import type { Flow } from '../../../src/hub/flow-control/flow.js';
import { FlowDirectory } from '../../../src/hub/flow-control/flow-directory.js';
import { type Case, type Difference, firstDifference, type Suite } from '../suite.js';

export const apfMatching: Suite = { name: 'apf-matching', answer, compare };

interface Asker {
  readonly user: string;
  readonly groups: readonly string[];
  readonly verb: string;
}

interface ResourceInput extends Asker {
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
}

interface PathInput extends Asker {
  readonly path: string;
}

function answer({ input: given }: Case): unknown {
  const input = given as ResourceInput | PathInput;
  const directory = new FlowDirectory(DEFAULT_FLOW_SCHEMAS, DEFAULT_PRIORITY_LEVELS);
  const asker = directory.asker({ name: input.user, groups: input.groups });
  if ('path' in input) return shown(asker.matchPath(input));
  return shown(asker.match({ ...input, kind: { group: input.apiGroup, resource: input.resource } }));
}

function shown(flow: Flow | undefined): unknown {
  if (flow === undefined) return { flowSchema: null };
  const { schema, level, distinguisher, hash } = flow;
  const found = { flowSchema: schema.name, priorityLevel: level.name };
  return hash === undefined ? found : { ...found, distinguisher, hash: String(hash) };
}

/** A note explains the answer; it is no part of it. */
function compare(expected: unknown, got: unknown): Difference | undefined {
  const { note: _, ...rest } = expected as { note?: string };
  return firstDifference(rest, got);
}
