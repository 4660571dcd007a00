import * as z from 'zod';
import { type Axis, axisOf, BY_MSER5, parseStopRule, SERIES, type SeriesName, type StopRule } from './experiment.js';
import { count, parsed, parsePositiveDuration, section, withRemedy } from './schema-values.js';

/** The keys of a scenario that make an experiment of it, values parsed. */
export interface ExperimentInput {
  readonly vary?: readonly Axis[] | undefined;
  readonly exclude?: readonly Readonly<Record<string, unknown>>[] | undefined;
  readonly replications?: number | undefined;
  readonly until?: StopRule | undefined;
  readonly figures?: readonly FigureInput[] | undefined;
}

export interface FigureInput {
  readonly name: string;
  readonly value?: string | undefined;
  readonly series?: SeriesName | undefined;
  readonly warmUp?: number | undefined;
  readonly unit?: string | undefined;
  readonly better?: 'less' | 'more' | undefined;
}

/** Those keys: runs of one and the same thing may differ in them. */
export const EXPERIMENT_KEYS = ['vary', 'exclude', 'replications', 'until'] as const;

const levels = z.union([z.array(z.unknown()), z.string()]);
const entry = z.record(z.string(), levels);

const vary: z.ZodType<readonly Axis[]> = z.union([entry, z.array(entry)]).transform((given, context) => {
  try {
    const entries = Array.isArray(given) ? given : Object.entries(given).map(([path, values]) => ({ [path]: values }));
    return entries.map(axisOf);
  } catch (error) {
    context.issues.push({ code: 'custom', message: withRemedy(error as Error), input: given });
    return z.NEVER;
  }
});

const figure: z.ZodType<FigureInput> = section(
  {
    name: z
      .string()
      .regex(/^[A-Za-z][\w.-]*$/, 'a name has letters, digits, dots and dashes')
      .describe('Names it in all results'),
    value: z.string().optional().describe('CEL over summary.json; the name itself when left out'),
    series: z.enum(SERIES).optional().describe('Instead: the mean of a series of the run over its seconds'),
    warmUp: parsed(
      (text) => (text === 'mser-5' ? BY_MSER5 : parsePositiveDuration(text)),
      'Of a series: how much to leave out at the beginning, a duration or mser-5',
    ).optional(),
    unit: z.string().optional().describe('s, pods/s, …'),
    better: z.enum(['less', 'more']).optional().describe('Which way is better; less when left out'),
  },
  'A number in question',
);

/** As what the schema of the scenario takes them in. */
export interface ExperimentShape {
  readonly vary: z.ZodType<readonly Axis[] | undefined>;
  readonly exclude: z.ZodType<readonly Readonly<Record<string, unknown>>[] | undefined>;
  readonly replications: z.ZodType<number | undefined>;
  readonly until: z.ZodType<StopRule | undefined>;
  readonly figures: z.ZodType<readonly FigureInput[] | undefined>;
  readonly [key: string]: z.ZodType;
}

export const experimentShape: ExperimentShape = {
  vary: vary
    .optional()
    .describe(
      'For `sweep`: paths and their values, every combination; of a list of such maps, those in one entry go in step',
    ),
  exclude: z
    .array(z.record(z.string(), z.unknown()))
    .optional()
    .describe('Combinations to leave out: those that have all values of an entry'),
  replications: count(1, 'For `sweep`: runs of each variant, each with a seed of its own').optional(),
  until: parsed(parseStopRule, 'For `sweep`: stop before, when sure enough: relative half-width < 2 %').optional(),
  figures: z.array(figure).optional().describe('For `sweep`: the numbers in question, the most important one first'),
};
