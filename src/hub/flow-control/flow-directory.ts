import { assert } from '../../engine/assert.js';
import { Asker } from './asker.js';
import { SchemaFlows } from './flow.js';
import { type FlowSchema, inMatchingOrder } from './flow-schema.js';
import type { PriorityLevel } from './priority-level.js';
import type { User } from './user.js';

const CATCH_ALL = 'catch-all';

/** Every flow there is, by the users who make its requests. */
export class FlowDirectory {
  private readonly schemas: readonly SchemaFlows[];
  private readonly catchAll: SchemaFlows;

  /** Schemas of a level that does not exist are left out, as the API server leaves them. */
  constructor(schemas: readonly FlowSchema[], levels: readonly PriorityLevel[]) {
    this.schemas = inMatchingOrder(schemas).flatMap((schema) => {
      const index = levels.findIndex(({ name }) => name === schema.spec.priorityLevelConfiguration.name);
      return index < 0 ? [] : [new SchemaFlows(schema, levels[index]!, index)];
    });
    const catchAll = this.schemas.find(({ schema }) => schema.name === CATCH_ALL);
    assert(catchAll !== undefined, 'there is no flow schema catch-all');
    this.catchAll = catchAll;
  }

  asker(user: User): Asker {
    return new Asker(user, this.schemas, this.catchAll);
  }
}
