import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { describe, expect, test } from 'vitest';
import { inPieces } from '../../../src/report/csv.js';
import { openMetrics } from '../../../src/report/open-metrics.js';
import { runScenario } from '../../golden/golden-record.js';
import { readOpenMetrics } from './open-metrics-reader.js';

// Read by readers that are not of this project: a parser of the text format, and Prometheus itself where it is.
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

describe('metrics.txt', () => {
  const result = runScenario('rolling-update');
  const text = [...inPieces(openMetrics(result))].join('');

  test('has names, types, labels, values and times that a parser of Prometheus’ text format reads', () => {
    const families = new Map(parsePrometheusTextFormat(text).map((family) => [family.name, family]));
    const requests = families.get('hubsim_requests_total')!.metrics;
    const { byRequest, requests: all } = result.summary.hub;
    expect(requests.reduce((sum, { value }) => sum + Number(value), 0)).toBe(all);
    const rows = byRequest.map(({ client, verb, resource, subresource, code, priorityLevel }) => ({
      ...{ client, verb, resource, subresource, code: String(code) },
      priority_level: priorityLevel,
    }));
    expect(requests.map(({ labels }) => labels)).toEqual(rows);
    const end = (result.endNs - result.timeZeroNs) / 1e9;
    expect(new Set(requests.map(({ timestamp_ms }) => Number(timestamp_ms)))).toEqual(new Set([end]));
    const attempts = families.get('scheduler_pod_scheduling_attempts')!;
    expect(attempts.type).toBe('HISTOGRAM');
    expect(Number(attempts.metrics[0]!.buckets!['1.0'])).toBe(result.summary.pods.bound);
    expect(families.get('scheduler_pending_pods')!.type).toBe('GAUGE');
  });

  test.skipIf(!hasPromtool)('becomes a database of Prometheus that has every series and every sample', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hubsim-promtool-'));
    try {
      writeFileSync(join(folder, 'metrics.txt'), text);
      const words = ['tsdb', 'create-blocks-from', 'openmetrics', 'metrics.txt', 'data'];
      const [head, row] = execFileSync('promtool', words, { cwd: folder, encoding: 'utf8' }).split('\n');
      const column = (name: string): number => Number(row!.slice(head!.indexOf(name)).split(/\s/)[0]);
      const samples = [...readOpenMetrics(text).values()].flatMap((family) => family.samples);
      expect(column('NUM SAMPLES')).toBe(samples.length);
      expect(column('NUM SERIES')).toBe(
        new Set(samples.map(({ name, labels }) => JSON.stringify([name, labels]))).size,
      );
      expect(column('MAX TIME') - 1).toBe(Math.floor((result.endNs - result.timeZeroNs) / 1e6));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
