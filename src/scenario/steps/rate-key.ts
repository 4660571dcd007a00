import * as z from 'zod';
import type { InputError } from '../../api/input-error.js';
import { parseRate, type Rate } from './rate-reader.js';

/** How many requests a second. */
export const rateKey: z.ZodType<Rate> = z
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
