import { type Document, isPair, isScalar, type Pair, type Scalar, visit } from 'yaml';

/**
 * Puts distributions back together that YAML has cut. In a flow mapping a comma ends a plain value, so
 * `{ fsync: lognormal(p50=1ms, p99=5ms) }` reads as two entries: `fsync: lognormal(p50=1ms` and a key `p99=5ms)`
 * without value. No value of a scenario has an open parenthesis on purpose, hence joining is safe.
 */
export function rejoinParentheses(document: Document, text: string): void {
  visit(document, {
    Map(_, map) {
      for (let at = 0; at < map.items.length; at += 1) {
        const value = map.items[at]?.value;
        while (isPlainText(value) && depth(value.value) > 0 && isFragment(map.items[at + 1])) {
          const fragment = map.items[at + 1]!.key as Scalar;
          const start = value.range?.[0] ?? 0;
          const end = fragment.range?.[1] ?? start;
          value.value = text.slice(start, end);
          value.range = [start, end, end];
          map.items.splice(at + 1, 1);
        }
      }
    },
  });
}

function isPlainText(node: unknown): node is Scalar<string> {
  return isScalar(node) && node.type === 'PLAIN' && typeof node.value === 'string';
}

/** A key without a value, as the tail of a cut distribution becomes. */
function isFragment(item: Pair | undefined): boolean {
  if (!isPair(item) || !isPlainText(item.key)) return false;
  return item.value === null || (isScalar(item.value) && item.value.value === null);
}

function depth(text: string): number {
  let open = 0;
  for (const char of text) open += char === '(' ? 1 : char === ')' ? -1 : 0;
  return open;
}
