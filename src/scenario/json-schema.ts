import * as z from 'zod';
import { scenarioSchema } from './schema.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What stands for a value that is no text: a variable or an expression over variables. */
const TEMPLATE: JsonSchema = { type: 'string', pattern: '\\{\\{.*\\}\\}' };

/** What editors complete and check scenario files by: JSON Schema (draft 7) of what the loader takes. */
export function scenarioJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, properties, ...schema } = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => allowTemplate(jsonSchema),
  });
  for (const list of ['before', 'timeline']) {
    const { items } = properties![list] as { items: { anyOf: JsonSchema[] } };
    for (const { properties: keys } of items.anyOf) {
      if (keys?.steps !== undefined) Object.assign(keys.steps, { items: { $ref: '#/properties/timeline/items' } });
    }
    items.anyOf.push(loop(`#/properties/${list}`));
  }
  return { $schema, title: 'hubsim scenario', ...schema, properties };
}

/** The same as the text of a file. */
export function scenarioJsonSchemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`;
}

function allowTemplate(schema: JsonSchema): void {
  const { type, enum: values, pattern, description, ...rest } = schema;
  const isText = type === 'string' && values === undefined && pattern === undefined;
  if (isText || type === 'object' || type === 'array' || (type === undefined && values === undefined)) return;
  if (schema.const !== undefined || schema.anyOf !== undefined) return;
  const plain = {
    ...(type === undefined ? {} : { type }),
    ...(values === undefined ? {} : { enum: values }),
    ...(pattern === undefined ? {} : { pattern }),
    ...rest,
  };
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, { ...(description === undefined ? {} : { description }), anyOf: [plain, TEMPLATE] });
}

/** Loops are written out before the schema sees them. */
function loop(list: string): JsonSchema {
  return {
    type: 'object',
    description: 'A loop: its steps once for each value of a variable',
    properties: {
      each: {
        type: 'object',
        description: 'One variable and its values, or a number of rounds: { name: [web, api] } or { i: 3 }',
        minProperties: 1,
        maxProperties: 1,
        additionalProperties: { anyOf: [{ type: 'array' }, { type: 'integer', minimum: 0 }, TEMPLATE] },
      },
      steps: { $ref: list },
    },
    required: ['each', 'steps'],
    additionalProperties: false,
  };
}
