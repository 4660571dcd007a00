import * as z from 'zod';
import type { FlowSchema } from '../hub/flow-control/flow-schema.js';
import type { PriorityLevel } from '../hub/flow-control/priority-level.js';
import { section } from './schema-values.js';

const names = z.array(z.string().min(1)).min(1);
const named = section({ name: z.string().min(1) }, 'By name');

const subject = z.union([
  section({ kind: z.literal('User'), user: named }, 'A user, * for everybody'),
  section({ kind: z.literal('Group'), group: named }, 'A group'),
  section(
    {
      kind: z.literal('ServiceAccount'),
      serviceAccount: section(
        { namespace: z.string().min(1), name: z.string().min(1) },
        'Name * is all of a namespace',
      ),
    },
    'A service account',
  ),
]);

const resourceRule = section(
  {
    verbs: names,
    apiGroups: names.default(['*']),
    resources: names,
    namespaces: names.optional(),
    clusterScope: z.boolean().optional(),
  },
  'Requests for objects',
);

const rule = section(
  {
    subjects: z.array(subject).min(1),
    resourceRules: z.array(resourceRule).optional(),
    nonResourceRules: z.array(section({ verbs: names, nonResourceURLs: names }, 'Other requests')).optional(),
  },
  'Which requests of whom',
);

const metadata = section({ name: z.string().min(1) }, 'Name of the object');

export type FlowSchemaInput = { readonly metadata: { readonly name: string }; readonly spec: FlowSchema['spec'] };

/** As the manifest has it, with its defaults (pkg/apis/flowcontrol/v1/defaults.go). */
export const flowSchema: z.ZodType<FlowSchemaInput> = section(
  {
    metadata,
    spec: section(
      {
        matchingPrecedence: z.number().int().min(1).max(10_000).default(1000),
        priorityLevelConfiguration: named,
        distinguisherMethod: section({ type: z.enum(['ByUser', 'ByNamespace']) }, 'What tells flows apart').optional(),
        rules: z.array(rule).default([]),
      },
      'As in the manifest',
    ),
  },
  'A FlowSchema',
) as z.ZodType<FlowSchemaInput>;

const percent = z.number().int().min(0).max(100);
const count = z.number().int().min(1);

const limitResponse = z.union([
  section({ type: z.literal('Reject') }, 'Refuses what it has no seats for'),
  section(
    {
      type: z.literal('Queue'),
      queuing: section(
        {
          queues: count.max(10_000_000).default(64),
          handSize: count.max(100).default(8),
          queueLengthLimit: count.default(50),
        },
        'Its queues',
      ).prefault({}),
    },
    'Lets wait what it has no seats for',
  ),
]);

export type PriorityLevelInput = { readonly metadata: { readonly name: string }; readonly spec: PriorityLevel['spec'] };

/** As the manifest has it, with its defaults. */
export const priorityLevel: z.ZodType<PriorityLevelInput> = section(
  {
    metadata,
    spec: z.union([
      section(
        {
          type: z.literal('Limited'),
          limited: section(
            {
              nominalConcurrencyShares: z.number().int().min(0).default(30),
              lendablePercent: percent.default(0),
              borrowingLimitPercent: z.number().int().min(0).optional(),
              limitResponse: limitResponse.prefault({ type: 'Queue' }),
            },
            'Its share of the seats',
          ).prefault({}),
        },
        'A level with a limit',
      ),
      section(
        {
          type: z.literal('Exempt'),
          exempt: section(
            { nominalConcurrencyShares: z.number().int().min(0).optional(), lendablePercent: percent.optional() },
            'Its share of the seats',
          ).prefault({}),
        },
        'A level without',
      ),
    ]),
  },
  'A PriorityLevelConfiguration',
) as z.ZodType<PriorityLevelInput>;
