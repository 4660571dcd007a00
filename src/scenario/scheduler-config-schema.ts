import * as z from 'zod';
import { type PluginsInput, POINT_NAMES } from './scheduler-plugins.js';
import { duration, section } from './schema-values.js';

/** A KubeSchedulerConfiguration as written. */
export interface SchedulerConfigInput {
  readonly parallelism?: number | undefined;
  readonly clientConnection?:
    | {
        readonly qps?: number | undefined;
        readonly burst?: number | undefined;
        readonly contentType?: string | undefined;
      }
    | undefined;
  readonly percentageOfNodesToScore?: number | undefined;
  readonly podInitialBackoffSeconds?: number | undefined;
  readonly podMaxBackoffSeconds?: number | undefined;
  readonly profiles?: readonly ProfileInput[] | undefined;
}

export interface ProfileInput {
  readonly schedulerName?: string | undefined;
  readonly percentageOfNodesToScore?: number | undefined;
  readonly plugins?: PluginsInput | undefined;
  readonly pluginConfig?: readonly PluginConfigInput[] | undefined;
}

export interface PluginConfigInput {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>> | undefined;
}

const percentage = z.number().int().min(0).max(100).optional();
/** A duration that changes nothing here. */
const period = duration('A period').optional();
/** Fields that change nothing here. */
const anything = z.unknown().optional();

const pluginSet = section(
  {
    enabled: z.array(section({ name: z.string(), weight: z.number().int().min(1).optional() }, 'A plugin')).optional(),
    disabled: z.array(section({ name: z.string(), weight: anything }, 'A plugin, or "*"')).optional(),
  },
  'Plugins of one extension point',
);

const profile: z.ZodType<ProfileInput> = section(
  {
    schedulerName: z.string().min(1).optional(),
    percentageOfNodesToScore: percentage,
    plugins: section(Object.fromEntries(POINT_NAMES.map((name) => [name, pluginSet.optional()])), 'Plugins').optional(),
    pluginConfig: z
      .array(section({ name: z.string(), args: z.record(z.string(), z.unknown()).optional() }, 'Arguments of a plugin'))
      .optional(),
  },
  'One profile',
) as z.ZodType<ProfileInput>;

/** KubeSchedulerConfiguration (kubescheduler.config.k8s.io/v1). */
export const schedulerConfigSchema: z.ZodType<SchedulerConfigInput> = section(
  {
    apiVersion: z.literal('kubescheduler.config.k8s.io/v1'),
    kind: z.literal('KubeSchedulerConfiguration'),
    parallelism: z.number().int().min(1).optional(),
    clientConnection: section(
      {
        kubeconfig: anything,
        acceptContentTypes: anything,
        contentType: z.string().optional(),
        qps: z.number().optional(),
        burst: z.number().int().min(1).optional(),
      },
      'The client',
    ).optional(),
    leaderElection: section(
      {
        leaderElect: z.boolean().optional(),
        leaseDuration: period,
        renewDeadline: period,
        retryPeriod: period,
        resourceLock: z.string().optional(),
        resourceName: z.string().optional(),
        resourceNamespace: z.string().optional(),
      },
      'How one of several schedulers is chosen: always by the defaults here',
    ).optional(),
    enableProfiling: z.boolean().optional(),
    enableContentionProfiling: z.boolean().optional(),
    delayCacheUntilActive: z.boolean().optional(),
    percentageOfNodesToScore: percentage,
    podInitialBackoffSeconds: z.number().int().min(1).optional(),
    podMaxBackoffSeconds: z.number().int().min(1).optional(),
    profiles: z.array(profile).optional(),
    extenders: z
      .array(z.unknown())
      .refine((list) => list.length === 0, 'extenders are not modelled; leave them out')
      .optional(),
  },
  'KubeSchedulerConfiguration',
);
