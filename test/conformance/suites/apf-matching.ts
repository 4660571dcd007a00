import { DEFAULT_FLOW_SCHEMAS } from '../../../src/hub/flow-control/default-flow-schemas.js';
import { DEFAULT_PRIORITY_LEVELS } from '../../../src/hub/flow-control/default-priority-levels.js';
import { type Flow, FlowDirectory } from '../../../src/hub/flow-control/flow-directory.js';
import { FlowMatcher } from '../../../src/hub/flow-control/flow-matcher.js';
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
  const matcher = new FlowMatcher(DEFAULT_FLOW_SCHEMAS);
  const directory = new FlowDirectory(DEFAULT_FLOW_SCHEMAS, DEFAULT_PRIORITY_LEVELS);
  const user = { name: input.user, groups: input.groups };
  if ('path' in input) {
    return matcher.matchPath(user, input) === undefined ? NO_SCHEMA : shown(directory.findPath(user, input));
  }
  const request = { ...input, kind: { group: input.apiGroup, resource: input.resource } };
  return matcher.match(user, request) === undefined ? NO_SCHEMA : shown(directory.find(user, request));
}

const NO_SCHEMA = { flowSchema: null };

function shown({ schema, level, distinguisher, hash }: Flow): unknown {
  const found = { flowSchema: schema.name, priorityLevel: level.name };
  return hash === undefined ? found : { ...found, distinguisher, hash: String(hash) };
}

/** A note explains the answer; it is no part of it. */
function compare(expected: unknown, got: unknown): Difference | undefined {
  const { note: _, ...rest } = expected as { note?: string };
  return firstDifference(rest, got);
}
