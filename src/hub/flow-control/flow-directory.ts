import { assert } from '../../engine/assert.js';
import { Asker } from './asker.js';
import { SchemaFlows } from './flow.js';
import { subjectMatches } from './flow-rule.js';
import { type FlowRule, type FlowSchema, inMatchingOrder } from './flow-schema.js';
import type { PriorityLevel } from './priority-level.js';
import type { User } from './user.js';
import { type Candidate, UserClass } from './user-class.js';

const CATCH_ALL = 'catch-all';

/** Every flow there is, by the users who make its requests. */
export class FlowDirectory {
  /** Of all schemas, in matching order. */
  private readonly rules: readonly Candidate[];
  private readonly catchAll: SchemaFlows;
  /** By the places of the rules that are about its users, a letter each. */
  private readonly classes: Map<string, UserClass>;

  /** Schemas of a level that does not exist are left out, as the API server leaves them. */
  constructor(schemas: readonly FlowSchema[], levels: readonly PriorityLevel[]) {
    const all = inMatchingOrder(schemas).flatMap((schema) => {
      const index = levels.findIndex(({ name }) => name === schema.spec.priorityLevelConfiguration.name);
      return index < 0 ? [] : [new SchemaFlows(schema, levels[index]!, index)];
    });
    const catchAll = all.find(({ schema }) => schema.name === CATCH_ALL);
    assert(catchAll !== undefined, 'there is no flow schema catch-all');
    this.rules = all.flatMap((flows) => flows.schema.spec.rules.map((rule) => ({ rule, flows })));
    this.catchAll = catchAll;
    this.classes = new Map();
  }

  asker(user: User): Asker {
    return new Asker(user.name, this.classOf(user), this.catchAll);
  }

  private classOf(user: User): UserClass {
    let key = '';
    for (const [place, { rule }] of this.rules.entries()) if (isAbout(rule, user)) key += String.fromCharCode(place);
    const known = this.classes.get(key);
    if (known !== undefined) return known;
    const made = new UserClass(Array.from(key, (place) => this.rules[place.charCodeAt(0)]!));
    this.classes.set(key, made);
    return made;
  }
}

function isAbout({ subjects }: FlowRule, user: User): boolean {
  for (const subject of subjects) if (subjectMatches(subject, user)) return true;
  return false;
}
