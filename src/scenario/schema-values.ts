import * as z from 'zod';
import { unitsOf } from '../api/amount.js';
import { parseDuration } from '../api/duration.js';
import { InputError } from '../api/input-error.js';
import { COUNT_MAX } from '../api/size-limits.js';
import { CONTENT_TYPES, type ContentType } from '../cluster/config.js';
import type { Distribution } from '../random/distribution.js';
import { parseDistribution } from '../random/parse-distribution.js';
import { suggest } from './suggest.js';

/** Shortest period of anything. */
const PERIOD_MIN_NS = 1e6;

/** What a section of a file may say about a configuration: every key optional, durations without their `Ns`. */
export type Input<T> = { [K in keyof T as K extends `${infer Name}Ns` ? Name : K]?: T[K] | undefined };

/** An object that takes these keys and no others; an unknown key is named with the nearest known one. */
export function section<Shape extends z.ZodRawShape>(
  shape: Shape,
  description: string,
): z.ZodObject<Shape, z.core.$strict> {
  const keys = Object.keys(shape);
  return z
    .strictObject(shape, {
      error: (issue) => {
        if (issue.code !== 'unrecognized_keys') return undefined;
        const key = issue.keys[0] ?? '';
        return `unknown key ${JSON.stringify(key)}; ${suggest(key, keys)}`;
      },
    })
    .describe(description);
}

/** What a check by code found, with what to do about it: an issue of the schema is one text. */
export function withRemedy(error: Error): string {
  return error instanceof InputError && error.remedy !== undefined
    ? `${error.message}; ${error.remedy}`
    : error.message;
}

/** A text that `parse` turns into a value; what it throws becomes the issue. */
export function parsed<T>(parse: (text: string) => T, description: string): z.ZodType<T> {
  return z
    .string()
    .transform((text, context) => {
      try {
        return parse(text);
      } catch (error) {
        context.issues.push({ code: 'custom', message: withRemedy(error as Error), input: text });
        return z.NEVER;
      }
    })
    .describe(description);
}

/** A duration as Go writes it, not negative, in nanoseconds. */
export function duration(description: string): z.ZodType<number> {
  return parsed(parsePositiveDuration, `${description} (a duration such as 150ms, 30s, 1h30m)`);
}

/** As `duration`, longer than nothing. */
export function positiveDuration(description: string): z.ZodType<number> {
  const parse = (text: string): number => {
    const durationNs = parsePositiveDuration(text);
    if (durationNs === 0) throw new InputError(`${text} is no time at all`, { remedy: 'write a duration such as 1s' });
    return durationNs;
  };
  return parsed(parse, `${description} (a duration such as 150ms, 30s, 1h30m)`);
}

/** As `duration`, for what happens again and again: a run would hardly get on if it were shorter than this. */
export function period(description: string): z.ZodType<number> {
  const parse = (text: string): number => {
    const durationNs = parsePositiveDuration(text);
    if (durationNs < PERIOD_MIN_NS)
      throw new InputError(`${text} is too short for a period`, { remedy: 'write a duration of 1ms or more' });
    return durationNs;
  };
  return parsed(parse, `${description} (a duration such as 150ms, 30s, 1h30m)`);
}

/** A duration or a distribution of durations. */
export function distribution(description: string): z.ZodType<Distribution> {
  const parse = (text: string): Distribution => parseDistribution(text, parsePositiveDuration);
  return parsed(parse, `${description} (a duration, or a distribution such as lognormal(p50=1ms, p99=5ms))`);
}

/** An amount of bytes as Kubernetes writes it: 800Mi, 2G. */
export function bytes(description: string): z.ZodType<number> {
  return z
    .union([z.string(), z.number()])
    .transform((amount, context) => {
      try {
        const units = unitsOf(amount);
        if (units >= 0) return units;
        context.issues.push({ code: 'custom', message: `${amount} is negative; write 0 or more`, input: amount });
      } catch (error) {
        context.issues.push({ code: 'custom', message: withRemedy(error as Error), input: amount });
      }
      return z.NEVER;
    })
    .describe(`${description} (an amount of bytes such as 800Mi)`);
}

/** What clients send and accept. */
export function contentType(description: string): z.ZodType<ContentType> {
  return z.enum(CONTENT_TYPES).describe(`${description}; custom resources are JSON in any case`);
}

/** A whole number of things that are made one by one. */
export function count(minimum: number, description: string, maximum: number = COUNT_MAX): z.ZodType<number> {
  return z.number().int().min(minimum).max(maximum).describe(description);
}

export function parsePositiveDuration(text: string): number {
  const durationNs = parseDuration(text);
  if (durationNs < 0) throw new InputError(`${text} is negative`, { remedy: 'a duration here must not be negative' });
  return durationNs;
}
