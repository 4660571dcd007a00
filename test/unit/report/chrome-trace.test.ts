import { buildModel } from '@tracerbench/trace-model';
import { describe, expect, test } from 'vitest';
import { Trace } from '../../../src/engine/index.js';
import { chromeTrace } from '../../../src/report/chrome-trace.js';
import { runScenario } from '../../golden/golden-record.js';

// Read by a reader of Chrome's traces that is not of this project.
describe('trace.json', () => {
  const result = runScenario('node-loss', { trace: new Trace() });
  const model = buildModel(JSON.parse(chromeTrace(result)));
  const [path, pods, steps, load] = ['critical path', 'pods', 'steps and faults', 'load'].map(
    (name) => model.processes.find((process) => process.name === name)!,
  );

  test('lies between time zero and the end, to the nanosecond', () => {
    expect(model.start).toBe(0);
    expect(Math.round(model.end * 1e3)).toBe(result.endNs - result.timeZeroNs);
    expect(model.events.filter(({ start }) => start < 0)).toEqual([]);
  });

  test('has the critical path in full, on a track for each component, with flows from each to the next', () => {
    const waits = path!.events.filter((event) => event.isComplete());
    const { links, seconds } = result.criticalPath!;
    expect(waits.map(({ name }) => name)).toEqual(links.map(({ name }) => name));
    expect(Math.round(waits.reduce((sum, { duration }) => sum + duration * 1e3, 0))).toBe(Math.round(seconds * 1e9));
    const components = new Set(links.map(({ name }) => name.split(':')[0]));
    expect(new Set(path!.threads.map(({ name }) => name))).toEqual(components);
    expect(path!.events.filter((event) => event.isFlowBegin())).toHaveLength(links.length - 1);
    expect(path!.events.filter((event) => event.isFlowEnd())).toHaveLength(links.length - 1);
  });

  test('has the lives of pods, those that began before time zero from then on', () => {
    const { count, name, namespace } = result.pods;
    expect(pods!.threads.map((thread) => thread.name)).toEqual(
      Array.from({ length: count }, (_, row) => `${namespace[row]}/${name[row]}`),
    );
    const ran = Array.from({ length: count }, (_, row) => result.pods.runningNs[row]!).filter((ns) => ns >= 0);
    expect(pods!.events.filter((event) => event.name === 'runs')).toHaveLength(ran.length);
    expect(ran.some((ns) => ns < result.timeZeroNs)).toBe(true);
  });

  test('has steps, faults and rates', () => {
    const happened = steps!.events.filter((event) => !event.isMetadata());
    expect(happened.map((event) => event.name)).toEqual(result.marks.map(({ text }) => text));
    const counters = load!.events.filter((event) => event.isCounter() && event.name === 'requests a second');
    expect(counters).toHaveLength(result.series.samples);
  });
});
