import { InputError } from '../api/input-error.js';
import { isMany, type Link, type LinkEnd, linkBetween, OUTSIDE, type ProcessEnd } from '../cluster/link-end.js';
import type { ReplicasOf } from '../cluster/link-pairs.js';
import { KILLABLE } from '../cluster/process-fault.js';
import { type NodesInput, readNodes } from './node-selection.js';
import type { Place } from './place.js';
import { nodesText } from './steps/step-keys.js';
import { suggest } from './suggest.js';

/** `scheduler`, `scheduler/0` or `kube-scheduler`, `node/NAME`; `nodes` are all of them. */
export type LinkEndInput = NodesInput;

/** The end of a wire as a key names it; `spokes` are the scenario's own. Throws InputError. */
export function readLinkEnd(input: LinkEndInput, spokes: readonly string[], stream: string): LinkEnd {
  if (input === 'nodes') return { at: 'nodes', nodes: { by: 'all' } };
  if (typeof input !== 'string' || /^no(de|des)?\//.test(input))
    return { at: 'nodes', nodes: readNodes(input, stream) };
  const [name = '', index, ...rest] = input.split('/');
  const known = [...KILLABLE, ...OUTSIDE, ...spokes];
  const component = spokes.includes(name) ? name : name.replace(/^kube-/, '').replace(/^apiserver$/, 'api-server');
  if (!known.includes(component))
    throw new InputError(`unknown component ${JSON.stringify(name)}`, {
      remedy: suggest(name, [...known, 'nodes']),
    });
  if (rest.length > 0 || (index !== undefined && !/^[0-9]+$/.test(index)))
    throw new InputError(`${JSON.stringify(input)} does not name a process`, {
      remedy: `write ${name}/0, or ${name} for all of them`,
    });
  return { at: 'process', component, index: index === undefined ? -1 : Number(index) };
}

/** The link between two ends. Throws InputError where nothing travels. */
export function readLink(from: LinkEnd, to: LinkEnd): Link {
  const link = linkBetween(from, to);
  if (link !== undefined) return link;
  throw new InputError(`nothing travels between ${linkEndText(from)} and ${linkEndText(to)}`, {
    remedy: 'all meet at the API server: name api-server at one end, or two members of etcd',
  });
}

/** Throws InputError for an end that the cluster does not have. */
export function checkLink({ from, to }: Link, isMesh: boolean, replicasOf: ReplicasOf, place: Place): void {
  if (isMesh)
    throw new InputError('in a mesh there is no API server that something could be cut off from', {
      ...place,
      remedy: 'leave wiring.mode at hub',
    });
  for (const end of [from, to]) {
    if (end.at === 'nodes') continue;
    const replicas = replicasOf(end.component);
    if (end.index < replicas && replicas > 0) continue;
    throw new InputError(`there is no ${linkEndText(end)}: ${counted(end, replicas)}`, {
      ...place,
      remedy: remedyFor(end, replicas),
    });
  }
  if (isMany(from) && to.index >= 0 && replicasOf(to.component) > 1)
    throw new InputError(`${linkEndText(from)} reach the API servers through the balancer, not one of them`, {
      ...place,
      remedy: 'write api-server for all of them',
    });
}

function remedyFor({ component }: ProcessEnd, count: number): string {
  if (count > 0) return `write ${component}/${count - 1} at most, or ${component}`;
  return component === 'load' ? 'add a step with load:' : 'add what is missing, or leave out the link';
}

function counted({ component }: ProcessEnd, count: number): string {
  if (component === 'load') return `there ${count === 1 ? 'is 1 load' : `are ${count} loads`} in before and timeline`;
  if (component === 'watchers') return `cluster.watchers has ${count} ${count === 1 ? 'entry' : 'entries'}`;
  return `it has ${count} replica${count === 1 ? '' : 's'}`;
}

/** An end as reports name it. */
export function linkEndText(end: LinkEnd): string {
  if (end.at === 'nodes') return nodesText(end.nodes);
  return end.index < 0 ? end.component : `${end.component}/${end.index}`;
}
