import type { ASTNode } from '@marcbachmann/cel-js';

/** What gives the members of a list a name: `orders.all(order, …)`. */
const NAMING: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map', 'bind'];

/**
 * What a CEL expression asks for, key by key: `pods.createdAt.p50`, and `pods.createdAt` and `pods` on the way. Without names that it
 * makes for itself, and without what it asks with `has` whether it is there.
 */
export function namesIn(expression: ASTNode): readonly (readonly string[])[] {
  const nodes = [...nodesIn(expression)];
  const own = new Set(nodes.map(ownName));
  const isOwn = (keys: readonly string[]): boolean =>
    keys.some((_, index) => own.has(keys.slice(0, index + 1).join('.')));
  return nodes.map(keysOf).filter((keys) => keys !== undefined && !isOwn(keys)) as (readonly string[])[];
}

function* nodesIn(node: ASTNode): Generator<ASTNode> {
  yield node;
  for (const part of ([node.args] as unknown[]).flat(2)) if (isNode(part)) yield* nodesIn(part);
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part;
}

function keysOf(node: ASTNode | undefined): readonly string[] | undefined {
  if (node?.op === 'id') return [node.args];
  if (node?.op !== '.') return undefined;
  const before = keysOf(node.args[0]);
  return before && [...before, node.args[1]];
}

/** What is given a name here, or asked for whether it is there. */
function ownName(node: ASTNode): string | undefined {
  if (node.op === 'rcall' && NAMING.includes(node.args[0])) return keysOf(node.args[2][0])?.join('.');
  if (node.op === 'call' && node.args[0] === 'has') return keysOf(node.args[1][0])?.join('.');
  return undefined;
}
