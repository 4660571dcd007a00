import { describe, expect, test } from 'vitest';
import { csvSeconds, csvText, inPieces } from '../../../src/report/csv.js';
import { podsCsv } from '../../../src/report/pods-csv.js';
import { requestsCsv } from '../../../src/report/requests-csv.js';
import { timelineCsv } from '../../../src/report/timeline-csv.js';
import { workloadsCsv } from '../../../src/report/workloads-csv.js';
import { syntheticResult, ZERO_NS } from './synthetic.js';

describe('csvText', () => {
  test('quotes what would end a field', () => {
    expect(csvText('a,b')).toBe('"a,b"');
    expect(csvText('say "hi"')).toBe('"say ""hi"""');
    expect(csvText('a\nb')).toBe('"a\nb"');
    expect(csvText('web-1')).toBe('web-1');
  });

  test.each(['=1+1', '+1', '-1', '@sum', '\tx', '＝1'])('does not let a spreadsheet run %j', (text) => {
    expect(csvText(text).replace('"', '')).toMatch(/^'/);
  });
});

describe('csvSeconds', () => {
  test('is exact to the nanosecond and never has an exponent', () => {
    expect(csvSeconds(0)).toBe('0');
    expect(csvSeconds(1)).toBe('0.000000001');
    expect(csvSeconds(49_558_500_001)).toBe('49.558500001');
    expect(csvSeconds(8_000_000_000_000_001)).toBe('8000000.000000001');
    expect(csvSeconds(-3_000_000_000)).toBe('-3');
    expect(csvSeconds(undefined)).toBe('');
  });
});

test('lines are gathered into pieces without losing one', () => {
  const lines = Array.from({ length: 30_000 }, (_, index) => `line ${index}`);
  const pieces = [...inPieces(lines)];
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('')).toBe(`${lines.join('\n')}\n`);
});

describe('pods.csv', () => {
  test('has a row a pod, in seconds since time zero, empty where it never happened', () => {
    const rows = [...podsCsv(syntheticResult(3))];
    expect(rows).toEqual([
      'namespace,name,owner,node,created,bound,started,running,deleted,gone',
      'default,web-0,ReplicaSet/web,node-0000,0,0.005,0.006,0.009,,',
      'default,web-1,ReplicaSet/web,node-0001,0.05,0.055,0.056,0.059,,',
      'default,web-2,ReplicaSet/web,node-0002,0.1,0.105,0.106,0.109,,',
    ]);
  });

  test('has negative times for what was before time zero', () => {
    const result = syntheticResult(1);
    const early = { ...result, timeZeroNs: ZERO_NS + 2e9 };
    expect([...podsCsv(early)][1]).toContain(',-2,-1.995,');
  });

  test('writes two hundred thousand rows in a moment', () => {
    const result = syntheticResult(200_000);
    const start = performance.now();
    let length = 0;
    for (const piece of inPieces(podsCsv(result))) length += piece.length;
    expect(length).toBeGreaterThan(10e6);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('timeline.csv', () => {
  test('counts what had happened by the end of each second', () => {
    const rows = [...timelineCsv(syntheticResult(50))];
    expect(rows[0]).toMatch(/^time,created,bound,running,deleted,gone,serving,requests,watchEvents/);
    expect(rows[1]).toBe('0,1,0,0,0,0,0,0,0,,,');
    expect(rows[2]).toMatch(/^1,21,20,20,0,0,20,60,280,0.001,/);
    expect(rows.at(-1)).toMatch(/^2.5,50,50,50,0,0,50,/);
  });

  test('a pod that is being deleted no longer serves', () => {
    const result = syntheticResult(2);
    const pods = { ...result.pods, deletedNs: [ZERO_NS + 0.06e9, -1], goneNs: [ZERO_NS + 0.07e9, -1] };
    const [, , row] = [...timelineCsv({ ...result, endNs: ZERO_NS + 1e9, pods })];
    expect(row).toMatch(/^1,2,2,2,1,1,1,/);
  });
});

test('requests.csv has the requests of each second by sort', () => {
  const rows = [...requestsCsv(syntheticResult(20))];
  expect(rows.slice(0, 3)).toEqual([
    'time,client,verb,resource,subresource,code,count',
    '0,replicaset-controller,create,pods,,201,20',
    '0,kubelet,patch,pods,,201,20',
  ]);
});

test('workloads.csv has a row a change, and one for a workload that nothing changed', () => {
  const result = syntheticResult(20);
  const [web] = result.summary.convergence.workloads;
  const workloads = [web!, { ...web!, name: '=evil', changes: [] }];
  const summary = { ...result.summary, convergence: { seconds: 1, workloads } };
  expect([...workloadsCsv({ ...result, summary })]).toEqual([
    'kind,namespace,name,desired,available,at,convergedAt,seconds',
    'Deployment,default,web,20,20,0,1.02,1.02',
    "Deployment,default,'=evil,20,20,,,",
  ]);
});
