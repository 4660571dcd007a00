import { InputError } from '../api/input-error.js';
import { type Labels, ZONE_LABEL } from '../api/labels.js';
import type { NodeSelection } from '../cluster/config.js';

/** `node/node-0004`, `all`, names in a list, or those of a zone. */
export type NodesInput =
  | string
  | readonly string[]
  | { readonly zone: string }
  | { readonly labels: Labels }
  | { readonly any: number; readonly zone?: string | undefined; readonly labels?: Labels | undefined };

/** The nodes that a step names; those left to chance are drawn from `stream`. Throws InputError for a name of anything else. */
export function readNodes(input: NodesInput, stream: string): NodeSelection {
  if (typeof input !== 'string' && 'any' in input) {
    const zone = input.zone === undefined ? {} : { [ZONE_LABEL]: input.zone };
    return { by: 'chance', count: input.any, labels: { ...zone, ...input.labels }, stream };
  }
  if (typeof input !== 'string' && 'labels' in input) return { by: 'labels', labels: input.labels };
  if (typeof input !== 'string' && 'zone' in input) return { by: 'zone', zone: input.zone };
  if (input === 'all') return { by: 'all' };
  return { by: 'name', names: (typeof input === 'string' ? [input] : input).map(nodeName) };
}

/** `node-0004`, or `node/node-0004` as kubectl takes it. */
function nodeName(text: string): string {
  const slash = text.indexOf('/');
  if (slash < 0) return text;
  const name = text.slice(slash + 1);
  if (['node', 'nodes', 'no'].includes(text.slice(0, slash).toLowerCase()) && name !== '' && !name.includes('/'))
    return name;
  throw new InputError(`${JSON.stringify(text)} does not name a node`, { remedy: 'write node/NAME' });
}
