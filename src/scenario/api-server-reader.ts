import type { ApiServerConfig } from '../cluster/api-server-config.js';
import { DEFAULT_FLOW_SCHEMAS } from '../hub/flow-control/default-flow-schemas.js';
import { DEFAULT_PRIORITY_LEVELS } from '../hub/flow-control/default-priority-levels.js';
import { type PriorityLevel, queuingOf } from '../hub/flow-control/priority-level.js';
import { fill } from './fill.js';
import type { ApiServerInput } from './schema-api-server.js';
import type { FlowSchemaInput, PriorityLevelInput } from './schema-flow-control.js';
import { readWebhook, type WebhookInput } from './schema-webhook.js';
import type { Path, Source } from './source.js';
import { suggest } from './suggest.js';

const PATH: Path = ['cluster', 'apiServer'];
/** The API server resets them whenever somebody changes them (flowcontrol mandatory objects). */
const MANDATORY = 'catch-all';

/** `cluster.apiServer` with its defaults. Throws InputError. */
export function readApiServer(
  input: ApiServerInput | undefined,
  defaults: ApiServerConfig,
  source: Source,
): ApiServerConfig {
  const { flowSchemas, priorityLevels, mutatingWebhooks = [], validatingWebhooks = [], ...flags } = input ?? {};
  checkWebhooks([...mutatingWebhooks, ...validatingWebhooks], source);
  const filled = {
    ...fill(defaults, flags),
    mutatingWebhooks: mutatingWebhooks.map(readWebhook),
    validatingWebhooks: validatingWebhooks.map(readWebhook),
  };
  if (flowSchemas === undefined && priorityLevels === undefined) return filled;
  const levels = laidOver(DEFAULT_PRIORITY_LEVELS, (priorityLevels ?? []).map(readLevel(source)));
  return {
    ...filled,
    priorityLevels: levels,
    flowSchemas: laidOver(DEFAULT_FLOW_SCHEMAS, (flowSchemas ?? []).map(readSchema(levels, source))),
  };
}

/** Those of the file take the place of the defaults of their name, or come behind them. */
function laidOver<T extends { readonly name: string }>(defaults: readonly T[], given: readonly T[]): readonly T[] {
  const kept = defaults.filter(({ name }) => !given.some((one) => one.name === name));
  return [...kept, ...given];
}

function readLevel(source: Source): (input: PriorityLevelInput, index: number) => PriorityLevel {
  return ({ metadata: { name }, spec }, index) => {
    const path = [...PATH, 'priorityLevels', index];
    if (name === MANDATORY || (name === 'exempt') !== (spec.type === 'Exempt'))
      throw source.error(
        [...path, 'metadata', 'name'],
        `there is one exempt level, named exempt, and ${MANDATORY} stays as it is`,
        'give another name or type',
      );
    const level: PriorityLevel = { name, spec };
    const queuing = queuingOf(level);
    if (queuing !== undefined && queuing.handSize > queuing.queues)
      throw source.error(
        path,
        `a hand of ${queuing.handSize} queues cannot be dealt from ${queuing.queues}`,
        'write handSize ≤ queues',
      );
    return level;
  };
}

function readSchema(levels: readonly PriorityLevel[], source: Source) {
  return ({ metadata: { name }, spec }: FlowSchemaInput, index: number) => {
    const path = [...PATH, 'flowSchemas', index];
    if (name === MANDATORY || name === 'exempt')
      throw source.error([...path, 'metadata', 'name'], `${name} stays as it is`, 'give another name');
    const wanted = spec.priorityLevelConfiguration.name;
    if (!levels.some((level) => level.name === wanted))
      throw source.error(
        [...path, 'spec', 'priorityLevelConfiguration', 'name'],
        `there is no priority level ${JSON.stringify(wanted)}`,
        suggest(
          wanted,
          levels.map((level) => level.name),
        ),
      );
    return { name, spec };
  };
}

function checkWebhooks(webhooks: readonly WebhookInput[], source: Source): void {
  const twice = webhooks.find(({ name }, index) => webhooks.findIndex((one) => one.name === name) !== index);
  if (twice !== undefined)
    throw source.error(PATH, `two webhooks are named ${twice.name}`, 'give each a name of its own');
}
