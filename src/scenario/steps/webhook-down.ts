import * as z from 'zod';
import { InputError } from '../../api/input-error.js';
import type { Place } from '../place.js';
import { duration } from '../schema-values.js';
import { suggest } from '../suggest.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { type StepKind, stepKind } from './step-kind.js';

/** Nobody answers a webhook for a while. */
class WebhookDown implements Action {
  readonly text: string;
  readonly isOrder: boolean = false;
  private readonly webhook: string;
  readonly forNs: number;

  constructor(webhook: string, forNs: number) {
    this.text = `fault: webhook-down ${webhook}`;
    this.webhook = webhook;
    this.forNs = forNs;
  }

  prepare({ cluster }: Stage, place: Place): void {
    const names = cluster.faults.webhookNames;
    if (names.includes(this.webhook)) return;
    const remedy =
      names.length === 0 ? 'add one under cluster.apiServer.validatingWebhooks' : suggest(this.webhook, names);
    throw new InputError(`there is no webhook ${JSON.stringify(this.webhook)}`, { ...place, remedy });
  }

  perform({ cluster }: Stage): void {
    cluster.faults.takeWebhookDown(this.webhook, this.forNs);
  }
}

export const WEBHOOK_DOWN: StepKind = stepKind({
  shape: {
    fault: z.literal('webhook-down').describe('Nobody answers an admission webhook'),
    webhook: z.string().min(1).describe('Its name under cluster.apiServer'),
    for: duration('Until it answers again; never without it').optional(),
  },
  example: 'fault: webhook-down, webhook: policy.example, for: 30s',
  read: ({ webhook, for: forNs = -1 }) => new WebhookDown(webhook, forNs),
});
