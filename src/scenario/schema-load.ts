import { z } from 'zod';
import type { InputError } from '../api/input-error.js';
import type { Distribution } from '../random/distribution.js';
import { LOAD_VERBS, type LoadVerb } from './config.js';
import { parseRate, type Rate } from './rate-reader.js';
import { count, distribution, duration } from './schema-values.js';

/** A load as written. */
export interface LoadInput {
  readonly load: 'closed' | 'open';
  readonly rate?: Rate | undefined;
  readonly namespaces?: number | readonly string[] | undefined;
  readonly perNamespace?: number | undefined;
  readonly lifetime?: Distribution | undefined;
  readonly clients?: number | undefined;
  readonly verb: LoadVerb;
  readonly resource?: string | undefined;
  readonly manifest?: string | undefined;
  readonly count?: number | undefined;
  readonly for?: number | undefined;
  readonly bytes?: number | undefined;
  readonly objects?: number | undefined;
  readonly as?: string | undefined;
  readonly resourceVersion?: string | undefined;
}

/** How many requests a second. */
export const rate: z.ZodType<Rate> = z
  .union([z.string(), z.number()])
  .transform((written, context) => {
    try {
      return parseRate(written);
    } catch (error) {
      const { message, remedy } = error as InputError;
      context.issues.push({ code: 'custom', message: `${message}; ${remedy}`, input: written });
      return z.NEVER;
    }
  })
  .describe(
    'Requests a second: a number, poisson(rate=20), ramp(from=1, to=50, over=1m), stepped(burst=10, every=1s), or spread(over=1m)',
  );

/** Keys of a load. */
export const loadShape: z.ZodRawShape = {
  load: z
    .enum(['closed', 'open'])
    .describe('closed: clients that send the next request when the last one was answered; open: requests at a rate'),
  clients: count(1, 'Of a closed load: concurrent clients').optional(),
  rate: rate.optional(),
  verb: z.enum(LOAD_VERBS).describe('What they do'),
  resource: z.string().optional().describe('Plural name, perhaps with a subresource: configmaps, pods/binding'),
  manifest: z
    .string()
    .optional()
    .describe(
      'File of the object to create, under names with -0, -1, … or with {{ index }}, {{ namespace }} and variables in it',
    ),
  namespaces: z
    .union([count(1, 'So many: ns-0, ns-1, …'), z.array(z.string())])
    .optional()
    .describe('Namespaces that the objects are dealt out to: how many, or their names'),
  perNamespace: count(1, 'Objects in each namespace').optional(),
  lifetime: distribution('Of an open load: how long what it created, or a watch, is there').optional(),
  count: count(1, 'Requests in all').optional(),
  for: duration('How long').optional(),
  bytes: count(0, 'Size of the data of each object').optional(),
  objects: count(1, 'Objects made before time zero to be read, bound or changed').optional(),
  as: z.string().optional().describe('User or group the requests come from'),
  resourceVersion: z.string().optional().describe('Of reads: "" a consistent one, "0" any'),
};
