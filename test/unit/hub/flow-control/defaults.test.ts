import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FLOW_SCHEMAS } from '../../../../src/hub/flow-control/default-flow-schemas.js';
import { DEFAULT_PRIORITY_LEVELS } from '../../../../src/hub/flow-control/default-priority-levels.js';
import { inMatchingOrder } from '../../../../src/hub/flow-control/flow-schema.js';

function constants<T>(file: string): T {
  const path = new URL(`../../../conformance/vectors/${file}.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { constants: T }).constants;
}

describe('the defaults of flow control', () => {
  it('are the flow schemas of Kubernetes 1.36', () => {
    const { flowSchemas } = constants<{ flowSchemas: unknown }>('apf-matching');
    expect(inMatchingOrder(DEFAULT_FLOW_SCHEMAS)).toEqual(flowSchemas);
  });

  it('are the priority levels of Kubernetes 1.36', () => {
    const { priorityLevels } = constants<{ priorityLevels: unknown }>('apf-priority-levels');
    expect(Object.fromEntries(DEFAULT_PRIORITY_LEVELS.map(({ name, spec }) => [name, spec]))).toEqual(priorityLevels);
  });
});
