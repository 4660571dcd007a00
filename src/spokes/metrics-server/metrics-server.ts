import type { Pod } from '../../api/pod.js';
import type { Informer } from '../../client/informer.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { PodLoad } from './pod-load.js';

/** A pod needs to have run so long for its first value (metrics-server pkg/storage/pod.go freshContainerMinMetricsResolution). */
const FRESH_MIN_NS = 10e9;

/** What was read of a pod at the last two scrapes. */
interface Readings {
  /** When it was first seen running. */
  readonly startedNs: number;
  previousNs: number;
  previous: number;
  lastNs: number;
  last: number;
  /** Bytes of memory at the last. */
  memory: number;
}

interface Value {
  readonly value: number;
  readonly timeNs: number;
  readonly windowNs: number;
}

/**
 * metrics-server: reads what all pods have used once a metric resolution, and answers with the mean rate between the last
 * two readings; for new pods, since their start. Of memory the last reading is the answer. Each answer is as old as its last reading.
 */
export class MetricsServer {
  private readonly engine: Engine;
  private readonly load: PodLoad;
  private readonly resolutionNs: number;
  private readonly scrapeKind: EventKind;
  private readonly readings: Map<number, Readings>;

  constructor(engine: Engine, pods: Informer<Pod>, load: PodLoad, resolutionNs: number) {
    this.engine = engine;
    this.load = load;
    this.resolutionNs = resolutionNs;
    this.scrapeKind = engine.register('metrics-server: scrape', () => this.scrape(), 'timer');
    this.readings = new Map();
    pods.addHandler({
      added: (pod) => this.observe(pod),
      updated: (_, pod) => this.observe(pod),
      deleted: ({ id }) => this.readings.delete(id),
    });
  }

  start(): void {
    this.engine.scheduleAs(true, this.resolutionNs, this.scrapeKind);
  }

  /** Values of those pods that have any, in thousandths. */
  resource(pods: readonly Pod[], resource: string, _container: string): Map<string, Value> {
    const values = new Map<string, Value>();
    if (resource !== 'cpu' && resource !== 'memory') return values;
    for (const { id, metadata } of pods) {
      const readings = this.readings.get(id);
      if (readings === undefined || readings.previousNs < 0 || readings.lastNs < 0) continue;
      const windowNs = readings.lastNs - readings.previousNs;
      const value = resource === 'cpu' ? milliCores(readings, windowNs) : readings.memory * 1000;
      values.set(metadata.name, { value, timeNs: readings.lastNs, windowNs });
    }
    return values;
  }

  /** Since when these pods have been asked for as much as now. */
  steadySinceNs(pods: readonly Pod[]): number {
    return pods.reduce((latest, { id }) => Math.max(latest, this.load.steadySinceNs(id)), 0);
  }

  private observe({ id, status }: Pod): void {
    const running = status.phase === 'Running';
    if (!running) this.readings.delete(id);
    else if (!this.readings.has(id))
      this.readings.set(id, {
        startedNs: this.engine.nowNs,
        previousNs: -1,
        previous: 0,
        lastNs: -1,
        last: 0,
        memory: 0,
      });
  }

  private scrape(): void {
    const { nowNs } = this.engine;
    this.engine.schedule(this.resolutionNs, this.scrapeKind);
    for (const [id, readings] of this.readings) {
      const fresh = readings.lastNs < 0;
      if (fresh && nowNs - readings.startedNs >= FRESH_MIN_NS) {
        readings.previousNs = readings.startedNs;
        readings.previous = 0;
      } else if (!fresh) {
        readings.previousNs = readings.lastNs;
        readings.previous = readings.last;
      }
      readings.lastNs = nowNs;
      readings.last = this.load.used(id);
      readings.memory = this.load.memory(id);
    }
  }
}

/** Measured in billionths of a processor, and rounded up to thousandths by Quantity.MilliValue. */
function milliCores({ last, previous }: Readings, windowNs: number): number {
  const nanoCores = Math.round(((last - previous) * 1e6) / windowNs);
  return Math.ceil(nanoCores / 1e6);
}
