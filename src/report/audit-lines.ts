import { auditEvent } from '../measure/audit-event.js';
import type { AuditLog } from '../measure/audit-log.js';

/** A log of requests as the API server writes it, one event a line; `hubsim import` reads it again. */
export function* auditLines({ entries }: Pick<AuditLog, 'entries'>): Generator<string, void, void> {
  for (const [index, entry] of entries.entries()) yield JSON.stringify(auditEvent(entry, index));
}
