import * as z from 'zod';
import { WEBHOOK_OPERATIONS, type Webhook, type WebhookRule } from '../hub/webhook.js';
import type { Distribution } from '../random/distribution.js';
import { distribution, section } from './schema-values.js';

export interface WebhookInput {
  readonly name: string;
  readonly rules: readonly WebhookRule[];
  readonly latency: Distribution;
  readonly timeoutSeconds: number;
  readonly failurePolicy: Webhook['failurePolicy'];
}

const texts = z.array(z.string().min(1)).min(1);

/** One entry of `webhooks:` of a configuration, as the manifest has it, and how long its answers take. */
export const webhook: z.ZodType<WebhookInput> = section(
  {
    name: z.string().min(1),
    latency: distribution('From its being asked to its answer'),
    rules: z
      .array(
        section(
          { operations: z.array(z.enum(WEBHOOK_OPERATIONS)).min(1), apiGroups: texts.default(['*']), resources: texts },
          'Requests that it is asked about',
        ),
      )
      .min(1),
    timeoutSeconds: z.number().int().min(1).max(30).default(10),
    failurePolicy: z.enum(['Fail', 'Ignore']).default('Fail'),
  },
  'A webhook',
);

export function readWebhook({ timeoutSeconds, ...rest }: WebhookInput): Webhook {
  return { ...rest, timeoutNs: timeoutSeconds * 1e9 };
}
