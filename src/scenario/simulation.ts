import type { Kind } from '../api/kind.js';
import { Cluster } from '../cluster/cluster.js';
import { type Audit, Engine, NO_RECORD, type RunEnd, type Trace } from '../engine/index.js';
import type { AuditLog } from '../measure/audit-log.js';
import { type CriticalPath, criticalPath } from '../measure/critical-path.js';
import type { EventLog } from '../measure/event-log.js';
import { Measurements } from '../measure/measurements.js';
import type { RunResult, RunSeries } from '../measure/run-result.js';
import type { ScheduleLog } from '../measure/schedule-log.js';
import type { Gauges } from '../measure/series-log.js';
import { type RunFacts, summarize } from '../measure/summarize.js';
import type { EndSummary } from '../measure/summary.js';
import { Streams } from '../random/streams.js';
import type { CustomPlugin } from '../spokes/scheduler/custom-plugin.js';
import type { ScenarioConfig } from './config.js';
import { etcdFacts } from './etcd-facts.js';
import type { OverTime } from './expectation.js';
import { findUnfinished } from './findings.js';
import { hostsSince } from './host-facts.js';
import { LiveFigures } from './live-figures.js';
import { Observer } from './observer.js';
import { ordersOf } from './orders.js';
import { ownObjects } from './own-objects.js';
import { markOf } from './steps/mark.js';
import { Stage } from './steps/stage.js';
import type { Step } from './steps/step.js';
import { Timeline } from './timeline.js';

/** A cluster is left alone this long before time zero, so that every bucket is full and every cache is up to date. */
const SETTLE_NS = 10e9;
/** No start and no step of `before` may take longer than this. */
const BEFORE_MAX_NS = 24 * 3600e9;
/** Virtual time between two reports of progress, and events, about: a second may hold millions of them. */
const PROGRESS_NS_MIN = 1e6;
const PROGRESS_NS_MAX = 1e9;
const PROGRESS_EVENTS = 50_000;

/** What a caller may watch of a run under way. */
export interface SimulateHooks {
  /** Called every now and then with the virtual time since time zero and the events executed so far. */
  readonly progress?: (virtualNs: number, events: number) => void;
  /** Where to record how pods come to their nodes; the run is the same with and without. */
  readonly scheduling?: ScheduleLog;
  /** Where to record every request, and every Event. */
  readonly auditLog?: AuditLog;
  readonly eventLog?: EventLog;
  /** Where to record why everything happened when it did; the run is the same with and without. */
  readonly trace?: Trace;
  /** Where to keep books on the queues of the hub and its clients; the run is the same with and without. */
  readonly audit?: Audit;
  /** Plugins of the scheduler that the scenario knows nothing of. */
  readonly schedulerPlugins?: readonly CustomPlugin[];
  /** What hears of everything, in place of plain measurements; the run is the same. */
  readonly measurements?: (kinds: readonly Kind[]) => Measurements;
  /** Leave out what only charts and pages show: how busy everything was over time. */
  readonly figuresOnly?: boolean;
  /** Measure for so long after time zero: a run that has converged goes on until then, one with a horizon ends then. */
  readonly measureNs?: number;
}

/** One run of a scenario: start, `before`, settle, time zero, timeline, end. */
export class Simulation {
  private readonly scenario: ScenarioConfig;
  /** Virtual clock and events; to look at, or to put events of one's own in, before the run. */
  readonly engine: Engine;
  private readonly measurements: Measurements;
  private readonly cluster: Cluster;
  private readonly stage: Stage;
  private readonly hooks: SimulateHooks;
  private readonly timeline: Timeline;
  private readonly observer: Observer;
  private stopAtQuiet: boolean;
  /** Infinity until it has come. */
  timeZeroNs: number;
  /** From when on convergence counts. */
  private disturbedNs: number;
  /** Since when all has been as desired with no work pending; -1 while it is not so. */
  private convergedNs: number;
  /** For a trace: the record of that. */
  private convergedRecord: number;
  private ended: 'converged' | 'stuck' | undefined;

  constructor(scenario: ScenarioConfig, hooks: SimulateHooks) {
    this.scenario = scenario;
    this.hooks = hooks;
    const streams = new Streams(scenario.seed);
    this.engine = new Engine({ seed: scenario.seed, trace: hooks.trace, audit: hooks.audit });
    if (hooks.trace !== undefined) hooks.trace.kindName = (kind) => this.engine.waitOf(kind).name;
    this.measurements = hooks.measurements?.(scenario.kinds.all) ?? new Measurements(scenario.kinds.all);
    this.measurements.auditLog = hooks.auditLog;
    this.measurements.eventLog = hooks.eventLog;
    this.measurements.sampled = hooks.figuresOnly !== true;
    this.cluster = new Cluster(scenario.cluster, {
      engine: this.engine,
      streams,
      profile: scenario.profile,
      shapes: scenario.shapes,
      kinds: scenario.kinds,
      customSpokes: scenario.spokes,
      probe: this.measurements,
      schedulerProbe: hooks.scheduling,
      schedulerMeter: this.measurements.scheduler,
      schedulerPlugins: hooks.schedulerPlugins,
    });
    this.stage = new Stage(this.engine, this.cluster, scenario.shapes, scenario.kinds);
    this.timeline = new Timeline(this.engine, streams, scenario.timeline, (step) => this.perform(step));
    const figures = new LiveFigures(this.cluster.hub.store, this.measurements);
    this.observer = new Observer(figures, this.timeline, scenario.expect, scenario.observeNs);
    this.engine.onQuiet(() => this.quiet());
    this.stopAtQuiet = true;
    this.timeZeroNs = Number.POSITIVE_INFINITY;
    this.disturbedNs = 0;
    this.convergedNs = -1;
    this.convergedRecord = NO_RECORD;
    this.ended = undefined;
  }

  run(): RunResult {
    const { engine, scenario } = this;
    this.prepare();
    this.timeZeroNs = engine.nowNs;
    this.disturbedNs = engine.nowNs;
    const { cluster } = this;
    const { apiServers, meters } = cluster.hub;
    for (const server of apiServers) server.settle();
    meters.begin();
    const gauges: Gauges = {
      tellBusy: (take) => cluster.hosts.tellBusy(take),
      queues: () => cluster.queues(),
      apiServers,
    };
    this.measurements.begin(engine.nowNs, gauges, meters.all);
    const busyBefore = this.cluster.busySeconds();
    const hostsBefore = this.cluster.hosts.loads();
    this.timeline.start(scenario.timeline);
    this.observer.look(0);
    const end = this.play();
    this.observer.look(engine.nowNs - this.timeZeroNs);
    for (const server of apiServers) server.settle();
    const series = this.measurements.end(engine.nowNs);
    const cpuSeconds = this.cpuSince(busyBefore);
    const hosts = hostsSince(hostsBefore, this.cluster.hosts.loads(), (engine.nowNs - this.timeZeroNs) / 1e9);
    return this.result(end, { cpuSeconds, hosts }, series, scenario);
  }

  /** How the parts over time of the expectations came out. */
  overTime(): OverTime {
    return this.observer.end(this.engine.nowNs - this.timeZeroNs);
  }

  /** Brings the cluster up, does what comes before time zero and lets it settle. */
  private prepare(): void {
    const { engine, cluster, scenario } = this;
    cluster.start();
    engine.run(engine.nowNs + BEFORE_MAX_NS);
    this.stage.prepare([...scenario.before, ...scenario.timeline]);
    for (const step of scenario.before) {
      this.stage.perform(step);
      this.stopAtQuiet = true;
      engine.run(engine.nowNs + BEFORE_MAX_NS);
    }
    this.settle();
    // A cache that is behind by chores alone, as with thousands of leases, always is; only work comes to an end.
    if (engine.workPending === 0 || !cluster.hub.apiServers.some(({ behind }) => behind)) return;
    // So much was stored for loads that the caches need longer.
    this.stopAtQuiet = true;
    engine.run(engine.nowNs + BEFORE_MAX_NS);
    this.settle();
  }

  private settle(): void {
    this.stopAtQuiet = false;
    this.engine.run(this.engine.nowNs + SETTLE_NS);
  }

  private play(): RunEnd {
    const { engine, scenario, timeZeroNs } = this;
    const { when, atMostNs } = scenario.stop;
    const measureNs = Math.min(this.hooks.measureNs ?? (when === 'converged' ? 0 : atMostNs), atMostNs);
    this.ended = undefined;
    // With an empty timeline no event makes the engine fall quiet: it is quiet from the start.
    if (engine.workPending === 0) this.quiet();
    if (measureNs > 0) {
      const end = this.advance(timeZeroNs + measureNs);
      if (end.reason !== 'horizon' || when === 'horizon') return end;
    }
    if (this.ended !== undefined && engine.workPending === 0) return { reason: 'stopped' };
    this.stopAtQuiet = true;
    return this.advance(timeZeroNs + atMostNs);
  }

  /** Runs up to the horizon. Reports of progress are no events: a run is the same whether somebody watches or not. */
  private advance(horizonNs: number): RunEnd {
    const { engine, hooks } = this;
    let sliceNs = PROGRESS_NS_MIN;
    for (;;) {
      const { eventsExecuted } = engine;
      const lookNs = this.timeZeroNs + this.observer.nextNs(engine.nowNs - this.timeZeroNs);
      const untilNs = Math.min(engine.nowNs + sliceNs, lookNs, horizonNs);
      const end = engine.run(untilNs);
      if (engine.nowNs === lookNs) this.observer.look(lookNs - this.timeZeroNs);
      if (end.reason !== 'horizon' || untilNs === horizonNs) return end;
      hooks.progress?.(engine.nowNs - this.timeZeroNs, engine.eventsExecuted);
      const events = engine.eventsExecuted - eventsExecuted;
      if (events > PROGRESS_EVENTS) sliceNs = Math.max(sliceNs / 2, PROGRESS_NS_MIN);
      else if (events < PROGRESS_EVENTS / 4) sliceNs = Math.min(2 * sliceNs, PROGRESS_NS_MAX);
    }
  }

  private perform(step: Step): void {
    if (step.action.isOrder || this.convergedNs >= 0) this.disturbedNs = this.engine.nowNs;
    this.convergedNs = -1;
    this.measurements.marks.push(markOf(step, this.engine.nowNs));
    this.stage.perform(step);
  }

  /** No work is pending but chores: all is as desired, or nothing will ever make it so. */
  private quiet(): void {
    if (!this.cluster.synced || this.cluster.machines.silent) return;
    const converged = this.measurements.workloads.unconverged === 0;
    if (!converged) this.convergedNs = -1;
    else if (this.convergedNs < 0) {
      this.convergedNs = this.engine.nowNs;
      this.convergedRecord = this.engine.trace?.current ?? NO_RECORD;
    }
    if (this.cluster.unread || this.timeline.quiet()) return;
    if (this.stage.endsAhead > 0) return;
    this.ended = converged ? 'converged' : 'stuck';
    if (this.stopAtQuiet) this.engine.stop();
  }

  private cpuSince(before: ReadonlyMap<string, number>): Record<string, number> {
    const seconds: Record<string, number> = {};
    for (const [name, busy] of this.cluster.busySeconds()) seconds[name] = busy - (before.get(name) ?? 0);
    return seconds;
  }

  private result(
    end: RunEnd,
    work: Pick<RunFacts, 'cpuSeconds' | 'hosts'>,
    series: RunSeries,
    scenario: ScenarioConfig,
  ): RunResult {
    const { engine, measurements } = this;
    const endNs = engine.nowNs;
    const unfinished = findUnfinished(this.cluster.hub.store, measurements);
    const pods = measurements.pods.rows();
    const summary = summarize(measurements, pods, {
      name: scenario.name,
      seed: scenario.seed,
      fingerprint: engine.fingerprint(),
      end: this.endSummary(end, unfinished.findings),
      convergenceNs: this.convergedNs < 0 ? -1 : this.convergedNs - this.disturbedNs,
      endNs,
      unschedulable: unfinished.unschedulable,
      ...work,
      mesh: this.cluster.wiring.count,
      orders: scenario.cluster.control === undefined ? undefined : ordersOf(this.cluster),
      etcd: etcdFacts(this.cluster.hub),
      objects: ownObjects(this.cluster.hub.store, scenario.kinds.own),
    });
    const { timeZeroNs } = this;
    const { requests, watch, marks } = measurements;
    const observed = { pods, requests, watch, series, marks, nodeStates: measurements.nodes.changes };
    const { scheduling, auditLog, eventLog } = this.hooks;
    const path = this.criticalPath();
    const recorded = {
      ...(scheduling === undefined ? {} : { scheduling }),
      ...(auditLog === undefined ? {} : { auditLog }),
      ...(eventLog === undefined ? {} : { eventLog }),
      ...(path === undefined ? {} : { criticalPath: path }),
    };
    return { summary, question: scenario.question, timeZeroNs, endNs, ...observed, ...recorded };
  }

  /** Nothing where causes were not recorded to the end, or where nothing happened after the step that counts. */
  private criticalPath(): CriticalPath | undefined {
    const { engine, measurements, timeZeroNs, convergedNs } = this;
    const { trace } = engine;
    const { workloads, causes } = measurements;
    const sinceNs = this.disturbedNs;
    const converged = convergedNs >= sinceNs;
    const endNs = converged ? convergedNs : causes.lastRunningNs;
    const record = converged ? this.convergedRecord : causes.running.at(-1);
    if (trace === undefined || trace.full || record === undefined || endNs <= sinceNs) return undefined;
    const end = converged ? 'converged' : 'last pod running';
    return criticalPath({ engine, trace, record, timeZeroNs, sinceNs, endNs, end, workloads, causes });
  }

  private endSummary(end: RunEnd, unfinished: readonly string[]): EndSummary {
    const { engine } = this;
    const virtualSeconds = (engine.nowNs - this.timeZeroNs) / 1e9;
    const stopped = end.message === undefined ? [] : [end.message];
    const findings = [...stopped, ...this.timeline.unmet(), ...unfinished];
    const reason = end.reason === 'stopped' ? (this.ended ?? 'stopped') : end.reason === 'limit' ? 'limit' : 'horizon';
    return { reason, virtualSeconds, events: engine.eventsExecuted, findings };
  }
}
