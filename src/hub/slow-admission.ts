import type { Call } from '../api/call.js';
import type { ApiServerParts } from './api-server-parts.js';
import type { Outcome } from './outcome.js';
import { type AccountAsker, ServiceAccounts } from './service-accounts.js';
import { type WebhookAsker, Webhooks } from './webhooks.js';

/** The API server that asks for both. */
export interface ReviewAsker extends WebhookAsker {
  /** Admission is against the call of a row. */
  refused(slot: number, outcome: Outcome): void;
}

/** Admission plugins that may take time: a pod's service account is looked for first, then webhooks are asked. */
export class SlowAdmission implements AccountAsker {
  private readonly asker: ReviewAsker;
  private readonly accounts: ServiceAccounts | undefined;
  private readonly webhooks: Webhooks | undefined;

  constructor({ engine, store, calls, accounts, webhooks }: ApiServerParts, asker: ReviewAsker) {
    this.asker = asker;
    this.accounts = accounts && new ServiceAccounts(engine, store, accounts, calls, this);
    this.webhooks = webhooks && new Webhooks(engine, webhooks, calls, asker);
  }

  /** Whether a write is in its hands now: the asker hears at once or later. */
  takes(slot: number, call: Call): boolean {
    if (this.accounts !== undefined && !this.accounts.admits(slot, call)) return true;
    if (this.webhooks === undefined) return false;
    this.webhooks.review(slot);
    return true;
  }

  accounted(slot: number): void {
    if (this.webhooks === undefined) this.asker.reviewed(slot);
    else this.webhooks.review(slot);
  }

  refused(slot: number, outcome: Outcome): void {
    this.asker.refused(slot, outcome);
  }

  outlived(slot: number): boolean {
    return this.asker.outlived(slot);
  }
}
