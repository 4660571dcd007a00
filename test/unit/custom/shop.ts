import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunResult } from '../../../src/measure/run-result.js';
import type { ScenarioConfig } from '../../../src/scenario/config.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

/** A folder that does not exist: everything in it is in memory. */
const FOLDER = join(tmpdir(), 'shop');

const HEAD = `
import { ApiError, controllerReference, defineKind, defineSpoke, k8s } from 'hubsim';
export const Order = defineKind({
  apiVersion: 'shop.example/v1', kind: 'Order', plural: 'orders',
  converged: ({ status }) => status?.done === true,
});
`;

const ORDER = `
apiVersion: shop.example/v1
kind: Order
metadata: { name: one }
spec: { count: 2 }
`;

const SCENARIO = `
name: shop
spokes: [ shop.ts ]
cluster: { profile: ideal, nodes: [ { count: 1 } ], kubelet: { model: hollow } }
before: [ { apply: order.yaml } ]
timeline: []
`;

/** The scenario of a shop with a spoke `shop` of this code; `files` replaces or adds files. */
export function shop(code: string, files: Readonly<Record<string, string>> = {}): ScenarioConfig {
  const all: Record<string, string> = { 'shop.yaml': SCENARIO, 'order.yaml': ORDER, 'shop.ts': HEAD + code, ...files };
  const readFile = (path: string): string => {
    const name = path.slice(FOLDER.length + 1);
    if (!path.startsWith(FOLDER) || all[name] === undefined) return readFileSync(path, 'utf8');
    return all[name];
  };
  return loadScenario(join(FOLDER, 'shop.yaml'), { readFile });
}

/** Code that reconciles orders by this body of a generator. */
export function reconciling(body: string, options = ''): string {
  return `export const spoke = defineSpoke({ name: 'shop', watches: [Order, { kind: k8s.ConfigMap, enqueue: 'owner' }], ${options}
    *reconcile(key, client) { ${body} } });`;
}

export function runShop(code: string, files: Readonly<Record<string, string>> = {}): RunResult {
  return simulate(shop(code, files));
}

/** How often requests of a sort were answered so. */
export function count({ summary }: RunResult, verb: string, resource: string, code = 0): number {
  const rows = summary.hub.byRequest.filter((row) => row.verb === verb && row.resource === resource);
  return rows.filter((row) => code === 0 || row.code === code).reduce((sum, row) => sum + row.count, 0);
}
