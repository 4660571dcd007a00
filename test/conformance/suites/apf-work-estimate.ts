import {
  type ListOptions,
  type ListRules,
  listWork,
  type ResourceStats,
} from '../../../src/hub/flow-control/list-work.js';
import { isUnwatched, mutatingWork } from '../../../src/hub/flow-control/mutating-work.js';
import { greatestWidth, ONE_SEAT, type WorkEstimate } from '../../../src/hub/flow-control/work-estimate.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const apfWorkEstimate: Suite = { name: 'apf-work-estimate', answer };

function answer({ tags, input }: Case): unknown {
  switch (tags[0]) {
    case 'list':
    case 'watch':
      return { initialSeats: listSeats(input as ListInput) };
    case 'mutating':
      return writeWork(input as MutatingInput);
    default:
      return new Skip(`unknown question ${tags[0]}`);
  }
}

interface ListInput {
  readonly verb: 'list' | 'watch';
  readonly query: string;
  readonly requestName?: string;
  readonly stats?: { readonly objectCount: number; readonly averageSizeBytes: number };
  readonly statsError?: 'stale' | 'notFound';
  readonly maxSeats: number;
}

/** The vectors were made without an etcd that could report its progress. */
const RULES: ListRules = { seatsByBytes: true, consistentFromCache: false, snapshots: false };

function listSeats(input: ListInput): number {
  const options = parseOptions(input);
  // A request that will be refused as malformed is taken for the widest.
  if (options === undefined) return greatestWidth(input.maxSeats, 100);
  return listWork(options, statsOf(input), input.maxSeats, RULES).initialSeats;
}

function parseOptions({ verb, query, requestName = '' }: ListInput): ListOptions | undefined {
  const values = new URLSearchParams(query);
  const text = (name: string): string => values.get(name) ?? '';
  if (!['limit', 'timeoutSeconds'].every((name) => isInteger(values.get(name)))) return undefined;
  return {
    verb,
    resourceVersion: text('resourceVersion'),
    resourceVersionMatch: matchNamed(text('resourceVersionMatch')),
    // A page of less than nothing is everything.
    limit: Math.max(0, Number(text('limit'))),
    continued: text('continue') !== '',
    selective: text('labelSelector') !== '' || text('fieldSelector') !== '',
    single: requestName !== '',
    sendInitialEvents: isTrue(values.get('sendInitialEvents')),
  };
}

/** As Go reads 64-bit numbers (strconv.ParseInt); one that is not there is none that is wrong. */
function isInteger(text: string | null): boolean {
  if (text === null) return true;
  if (!/^[+-]?\d+$/.test(text)) return false;
  const number = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, number) === number;
}

/** Whatever does not say no says yes (apimachinery runtime Convert_Slice_string_To_bool). */
function isTrue(text: string | null): boolean {
  return text !== null && text !== '0' && text.toLowerCase() !== 'false';
}

/** A match that is not known goes to etcd, as an exact one does (storage/cacher/delegator ShouldDelegateList). */
function matchNamed(text: string): ListOptions['resourceVersionMatch'] {
  return text === '' || text === 'NotOlderThan' ? text : 'Exact';
}

function statsOf({ stats, statsError }: ListInput): ResourceStats | 'stale' | 'unknown' {
  if (statsError !== undefined) return statsError === 'stale' ? 'stale' : 'unknown';
  return { objectCount: stats?.objectCount ?? 0, averageBytes: stats?.averageSizeBytes ?? 0 };
}

interface MutatingInput {
  readonly verb: string;
  readonly watchers: number;
  readonly resource: string;
  readonly subresource: string;
  readonly maxSeats: number;
}

const WRITES = ['create', 'update', 'patch', 'delete'];

function writeWork({ verb, watchers, resource, subresource, maxSeats }: MutatingInput): WorkEstimate {
  if (!WRITES.includes(verb) || isUnwatched(resource, subresource)) return { ...ONE_SEAT };
  return mutatingWork(watchers, maxSeats);
}
