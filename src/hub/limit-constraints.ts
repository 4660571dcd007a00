import type { LimitRangeItem } from '../api/limit-range.js';
import type { ResourceListManifest } from '../api/pod-manifest.js';
import type { Quantity } from '../api/quantity.js';
import { type ResourceList, resourceList } from '../api/resource-list.js';

/** What something asks for, and what it may use at most. */
export interface Demand {
  readonly requests: ResourceList;
  readonly limits: ResourceList;
}

/** What a demand has wrong, in the words of the original (plugin/pkg/admission/limitranger). */
export function violations({ type, min, max, maxLimitRequestRatio }: LimitRangeItem, demand: Demand): string[] {
  return [
    ...violated(min, (name, bound) => belowMinimum(type, name, bound, demand)),
    ...violated(max, (name, bound) => aboveMaximum(type, name, bound, demand)),
    ...violated(maxLimitRequestRatio, (name, bound) => aboveRatio(type, name, bound, demand)),
  ];
}

/** The same for a claim for storage, whose requests alone count. */
export function claimViolations({ type, min, max }: LimitRangeItem, requests: ResourceList): string[] {
  return [
    ...violated(min, (name, bound) => belowMinimum(type, name, bound, { requests, limits: new Map() })),
    ...violated(max, (name, bound) => requestAboveMaximum(type, name, bound, requests)),
  ];
}

type Check = (name: string, bound: Quantity) => string | undefined;

/** In order of names, where the original takes them as they come out of a map. */
function violated(bounds: ResourceListManifest | undefined, check: Check): string[] {
  const sorted = [...resourceList(bounds)].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.flatMap(([name, bound]) => check(name, bound) ?? []);
}

function belowMinimum(type: string, name: string, bound: Quantity, { requests, limits }: Demand): string | undefined {
  const rule = `minimum ${name} usage per ${type} is ${bound.toString()}`;
  const request = requests.get(name);
  const limit = limits.get(name);
  if (request === undefined) return `${rule}.  No request is specified`;
  if (request.compare(bound) < 0) return `${rule}, but request is ${request.toString()}`;
  return limit !== undefined && limit.compare(bound) < 0 ? `${rule}, but limit is ${limit.toString()}` : undefined;
}

function aboveMaximum(type: string, name: string, bound: Quantity, { requests, limits }: Demand): string | undefined {
  const rule = `maximum ${name} usage per ${type} is ${bound.toString()}`;
  const request = requests.get(name);
  const limit = limits.get(name);
  if (limit === undefined) return `${rule}.  No limit is specified`;
  if (limit.compare(bound) > 0) return `${rule}, but limit is ${limit.toString()}`;
  return request !== undefined && request.compare(bound) > 0
    ? `${rule}, but request is ${request.toString()}`
    : undefined;
}

function requestAboveMaximum(type: string, name: string, bound: Quantity, requests: ResourceList): string | undefined {
  const rule = `maximum ${name} usage per ${type} is ${bound.toString()}`;
  const request = requests.get(name);
  if (request === undefined) return `${rule}.  No request is specified`;
  return request.compare(bound) > 0 ? `${rule}, but request is ${request.toString()}` : undefined;
}

function aboveRatio(type: string, name: string, bound: Quantity, { requests, limits }: Demand): string | undefined {
  const rule = `${name} max limit to request ratio per ${type} is ${bound.toString()}`;
  const request = requests.get(name);
  const limit = limits.get(name);
  if (request === undefined || request.sign === 0) return `${rule}, but no request is specified or request is 0`;
  if (limit === undefined || limit.sign === 0) return `${rule}, but no limit is specified or limit is 0`;
  const ratio = Number(limit.nanos) / Number(request.nanos);
  if (ratio * 1000 <= Number(bound.milliValue())) return undefined;
  return `${rule}, but provided ratio is ${ratio.toFixed(6)}`;
}
