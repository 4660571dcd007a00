import type { Pod } from '../../api/pod.js';
import type { Informer } from '../../client/informer.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { PodLoad } from './pod-load.js';

/** A pod needs to have run so long for its first value (metrics-server pkg/storage/pod.go freshContainerMinMetricsResolution). */
const FRESH_MIN_NS = 10e9;

/** What was read of a pod's part in the load at the last two scrapes. */
interface PartReading {
  readonly container: string;
  previous: number;
  last: number;
  /** Bytes of memory at the last. */
  memory: number;
}

/** When a pod was read the last two times, and what of it; of pods that nothing is asked of, nothing. */
interface Readings {
  /** When it was first seen running. */
  readonly startedNs: number;
  previousNs: number;
  lastNs: number;
  parts: PartReading[] | undefined;
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

  /** Values of those pods that have any, of a container or with `''` of all, in thousandths; none of a container that is not there. */
  resource(pods: readonly Pod[], resource: string, container: string): Map<string, Value> {
    const values = new Map<string, Value>();
    if (resource !== 'cpu' && resource !== 'memory') return values;
    for (const pod of pods) {
      const readings = this.readings.get(pod.id);
      if (readings === undefined || readings.previousNs < 0 || readings.lastNs < 0) continue;
      if (container !== '' && !hasContainer(pod, container)) continue;
      const windowNs = readings.lastNs - readings.previousNs;
      let value = 0;
      for (const part of readings.parts ?? [])
        if (container === '' || part.container === container)
          value += resource === 'cpu' ? milliCores(part, windowNs) : part.memory * 1000;
      values.set(pod.metadata.name, { value, timeNs: readings.lastNs, windowNs });
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
        lastNs: -1,
        parts: undefined,
      });
  }

  private scrape(): void {
    const { nowNs } = this.engine;
    this.engine.schedule(this.resolutionNs, this.scrapeKind);
    for (const [id, readings] of this.readings) {
      const fresh = readings.lastNs < 0;
      if (!fresh) readings.previousNs = readings.lastNs;
      else if (nowNs - readings.startedNs >= FRESH_MIN_NS) readings.previousNs = readings.startedNs;
      readings.lastNs = nowNs;
      for (const [index, part] of this.load.partsOf(id).entries()) {
        readings.parts ??= [];
        readings.parts[index] ??= { container: part.container, previous: 0, last: 0, memory: 0 };
        const reading = readings.parts[index];
        reading.previous = fresh ? 0 : reading.last;
        reading.last = this.load.used(part);
        reading.memory = this.load.memory(part);
      }
    }
  }
}

function hasContainer({ spec }: Pod, container: string): boolean {
  const { containers, initContainers = [] } = spec.shape.spec;
  return containers.some(({ name }) => name === container) || initContainers.some(({ name }) => name === container);
}

/** Measured in billionths of a processor, and rounded up to thousandths by Quantity.MilliValue. */
function milliCores({ last, previous }: PartReading, windowNs: number): number {
  const nanoCores = Math.round(((last - previous) * 1e6) / windowNs);
  return Math.ceil(nanoCores / 1e6);
}
