import * as z from 'zod';
import type { Published } from './config.js';
import { type ClusterInput, clusterSchema } from './schema-cluster.js';
import { type ExperimentInput, experimentShape } from './schema-experiment.js';
import { duration, period, section } from './schema-values.js';
import { beforeStepSchema, type StepInput, timelineStepSchema } from './steps/step-schema.js';

/** A scenario file as written, with its values parsed. */
export interface ScenarioInput extends ExperimentInput {
  readonly name?: string | undefined;
  readonly question?: string | undefined;
  readonly seed?: number | undefined;
  readonly kinds?: readonly OwnKindInput[] | undefined;
  readonly spokes?: readonly string[] | undefined;
  readonly vars?: Readonly<Record<string, unknown>> | undefined;
  readonly cluster: ClusterInput;
  readonly before?: readonly StepInput[] | undefined;
  readonly timeline?: readonly StepInput[] | undefined;
  readonly stop?: StopInput | undefined;
  readonly expect?: readonly string[] | undefined;
  readonly observe?: number | undefined;
  readonly published?: readonly Published[] | undefined;
}

/** A kind of the user's own, in the words of a CustomResourceDefinition. */
export interface OwnKindInput {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced?: boolean | undefined;
  readonly converged?: string | undefined;
}

export interface StopInput {
  readonly when?: 'converged' | 'horizon' | undefined;
  readonly atMost?: number | undefined;
}

const stop: z.ZodType<StopInput> = section(
  {
    when: z.enum(['converged', 'horizon']).optional().describe('converged, or horizon to run the whole of atMost'),
    atMost: duration('The run ends here at the latest').optional(),
  },
  'When the run ends',
);

const published: z.ZodType<Published> = section(
  {
    figure: z.string().describe('What is counted: pods bound a second'),
    value: z.string().describe('CEL over summary.json: the figure of the run'),
    atLeast: z.number().describe('The published figure, which the real thing reaches or exceeds'),
    source: z.string().describe('Who published it'),
  },
  'A figure that somebody published',
);

const ownKind: z.ZodType<OwnKindInput> = section(
  {
    apiVersion: z.string().describe('Group and version: restaurant.example/v1'),
    kind: z.string().describe('Name of the kind: Order'),
    plural: z.string().describe('Plural in lower case: orders'),
    namespaced: z.boolean().optional().describe('Whether its objects are in namespaces; true'),
    converged: z
      .string()
      .optional()
      .describe('CEL over metadata, spec and status of an object: whether it is as desired; nobody waits without it'),
  },
  'A kind of your own',
);

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** The scenario file, format and documentation. */
export const scenarioSchema: z.ZodType<ScenarioInput> = section(
  {
    name: z
      .string()
      .regex(NAME, 'a name has lower-case letters, digits, dashes and dots')
      .optional()
      .describe('Names the results; the name of the file when left out'),
    question: z.string().optional().describe('What the run shall answer'),
    seed: z.number().int().min(0).optional().describe('Of all random draws'),
    kinds: z.array(ownKind).optional().describe('Kinds of objects beside those of Kubernetes'),
    spokes: z
      .array(z.string())
      .optional()
      .describe('TypeScript or JavaScript files that export spokes of your own (docs/custom-spokes.md)'),
    include: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .describe('Files whose keys hold where this one says nothing; their steps and expectations come first'),
    vars: z
      .record(z.string().regex(VARIABLE, 'a variable has letters, digits and _'), z.unknown())
      .optional()
      .describe('Variables, used anywhere as {{ name }}, alone or in CEL: {{ 2 * replicas }}'),
    cluster: clusterSchema,
    before: z.array(beforeStepSchema).optional().describe('Done and converged before time zero'),
    timeline: z.array(timelineStepSchema).optional().describe('What happens, in order of time'),
    stop: stop.optional(),
    expect: z.array(z.string()).optional().describe('CEL over summary.json, and over time, that must be true'),
    observe: period('How often conditions over time are looked at').optional(),
    published: z.array(published).optional().describe('Figures of others, shown beside those of the run'),
    ...experimentShape,
  },
  'A hubsim scenario',
);
