import type { Engine, EventHandle, EventKind } from '../../engine/index.js';
import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';
import type { ProbePlan } from './container-plan.js';
import { NO_EVENT, READY, STARTED } from './container-rows.js';
import { CRASH_LOOP } from './crash-loop-backoff.js';
import type { NodeFleet } from './node-fleet.js';
import type { PodEvents } from './pod-events.js';
import type { PodTable } from './pod-table.js';

/** What probes lead to. */
export interface ProbeOutcomes {
  /** The startup probe has succeeded. */
  probedStarted(container: number): void;
  /** The pod's readiness may have changed. */
  probedReady(container: number): void;
  /** A startup or liveness probe has failed too often, which is told so. */
  probedDead(container: number, why: string): void;
}

/**
 * Startup, readiness and liveness probes (pkg/kubelet/prober/worker.go). What a probe finds changes only when a
 * container has started, is ready, or hangs, and these moments are known; so that nothing happens at the probes between,
 * and there is one event for the probe that tips the balance.
 */
export class Prober {
  private readonly engine: Engine;
  private readonly table: PodTable;
  private readonly fleet: NodeFleet;
  private readonly stream: Stream;
  private readonly events: PodEvents;
  private readonly outcomes: ProbeOutcomes;
  private readonly startedKind: EventKind;
  private readonly readyKind: EventKind;
  private readonly unreadyKind: EventKind;
  private readonly deadKind: EventKind;

  constructor(
    engine: Engine,
    table: PodTable,
    fleet: NodeFleet,
    stream: Stream,
    events: PodEvents,
    outcomes: ProbeOutcomes,
  ) {
    this.engine = engine;
    this.table = table;
    this.fleet = fleet;
    this.stream = stream;
    this.events = events;
    this.outcomes = outcomes;
    this.startedKind = engine.register('kubelet: startup probe succeeds', (row) => this.started(row), 'timer');
    this.readyKind = engine.register('kubelet: readiness probe succeeds', (row) => this.ready(row), 'timer');
    this.unreadyKind = engine.register('kubelet: readiness probe fails', (row) => this.unready(row), 'timer');
    this.deadKind = engine.register('kubelet: container probed dead', (row) => this.dead(row), 'timer');
  }

  /** A container runs as of now: when it is going to hang, and whether its probes may be awaited. */
  running(container: number): void {
    const { containers } = this.table;
    const { behaviour, startup, readiness } = this.table.containerPlan(container);
    containers.hangsNs[container] = this.after(container, behaviour.hangsAfter, Number.POSITIVE_INFINITY);
    containers.set(container, STARTED, startup === undefined);
    containers.set(container, READY, readiness === undefined);
  }

  /** The status says that a container runs: probing begins. */
  seen(container: number): void {
    const { startup, behaviour } = this.table.containerPlan(container);
    if (startup === undefined) {
      this.probeReadiness(container);
      return;
    }
    const { containers, pods } = this.table;
    const anchorNs = pods.takenNs[containers.pod[container]!]!;
    const firstNs = this.firstProbeNs(container, startup, anchorNs);
    const fromNs = Math.max(firstNs, this.after(container, behaviour.startedAfter, 0));
    const successNs = nextTick(anchorNs, startup.periodNs, fromNs);
    const failureNs = firstNs + (startup.failureThreshold - 1) * startup.periodNs;
    const succeeds = successNs <= failureNs && successNs < containers.hangsNs[container]!;
    if (succeeds) containers.probe[container] = this.at(successNs, this.startedKind, container);
    else containers.liveness[container] = this.at(failureNs, this.deadKind, container);
  }

  private started(container: number): void {
    const { containers } = this.table;
    const { startup } = this.table.containerPlan(container);
    if (this.isFrozen(container)) {
      containers.probe[container] = this.later(startup!, this.startedKind, container);
      return;
    }
    containers.probe[container] = NO_EVENT;
    containers.set(container, STARTED, true);
    this.probeReadiness(container);
    this.outcomes.probedStarted(container);
  }

  /** Readiness is probed at once when the container has started, and every period from then on. */
  private probeReadiness(container: number): void {
    const { containers } = this.table;
    const { readiness, behaviour } = this.table.containerPlan(container);
    this.probeLiveness(container);
    if (readiness === undefined) return;
    const anchorNs = this.engine.nowNs;
    const firstNs = this.firstProbeNs(container, readiness, anchorNs);
    const fromNs = Math.max(firstNs, this.after(container, behaviour.readyAfter, 0));
    const tickNs = nextTick(anchorNs, readiness.periodNs, fromNs);
    const readyNs = tickNs + (readiness.successThreshold - 1) * readiness.periodNs;
    if (readyNs >= containers.hangsNs[container]!) return;
    containers.probe[container] = this.at(readyNs, this.readyKind, container);
  }

  private ready(container: number): void {
    const { containers } = this.table;
    const { readiness } = this.table.containerPlan(container);
    if (this.isFrozen(container)) {
      containers.probe[container] = this.later(readiness!, this.readyKind, container);
      return;
    }
    containers.set(container, READY, true);
    const hangsNs = containers.hangsNs[container]!;
    const { periodNs, failureThreshold } = readiness!;
    const unreadyNs = nextTick(this.engine.nowNs, periodNs, hangsNs) + (failureThreshold - 1) * periodNs;
    containers.probe[container] = this.whenHung(container, unreadyNs, this.unreadyKind);
    this.outcomes.probedReady(container);
  }

  private unready(container: number): void {
    const { containers } = this.table;
    if (this.isFrozen(container)) {
      const { readiness } = this.table.containerPlan(container);
      containers.probe[container] = this.later(readiness!, this.unreadyKind, container);
      return;
    }
    this.engine.become(false);
    containers.probe[container] = NO_EVENT;
    containers.set(container, READY, false);
    this.events.unhealthy(container, 'Readiness');
    this.outcomes.probedReady(container);
  }

  private probeLiveness(container: number): void {
    const { containers, pods } = this.table;
    const { liveness } = this.table.containerPlan(container);
    if (liveness === undefined) return;
    const anchorNs = pods.takenNs[containers.pod[container]!]!;
    const fromNs = Math.max(this.firstProbeNs(container, liveness, anchorNs), containers.hangsNs[container]!);
    const tickNs = nextTick(anchorNs, liveness.periodNs, fromNs);
    const deadNs = tickNs + (liveness.failureThreshold - 1) * liveness.periodNs;
    containers.liveness[container] = this.whenHung(container, deadNs, this.deadKind);
  }

  private dead(container: number): void {
    if (this.isFrozen(container)) {
      const { startup, liveness } = this.table.containerPlan(container);
      const { containers } = this.table;
      containers.liveness[container] = this.later((liveness ?? startup)!, this.deadKind, container);
      return;
    }
    this.engine.become(false);
    this.table.containers.liveness[container] = NO_EVENT;
    this.outcomes.probedDead(container, this.events.probedDead(container));
  }

  private isFrozen(container: number): boolean {
    const { containers, pods } = this.table;
    return this.fleet.isFrozen(pods.node[containers.pod[container]!]!);
  }

  /** Nobody makes the probe that is due: the next one counts, for which no convergence waits. */
  private later({ periodNs }: ProbePlan, kind: EventKind, container: number): EventHandle {
    return this.engine.scheduleAs(true, periodNs, kind, container);
  }

  /** First tick at which a probe of this plan is made at all: what runs is known, and its initial delay is over. */
  private firstProbeNs(container: number, { initialDelayNs, periodNs }: ProbePlan, anchorNs: number): number {
    const fromNs = Math.max(this.engine.nowNs, this.table.containers.startedNs[container]! + initialDelayNs);
    return nextTick(anchorNs, periodNs, fromNs);
  }

  private after(container: number, delay: Distribution | undefined, otherwiseNs: number): number {
    if (delay === undefined) return otherwiseNs;
    return this.table.containers.startedNs[container]! + delay.sample(this.stream);
  }

  private at(timeNs: number, kind: EventKind, container: number): EventHandle {
    return this.engine.scheduleAs(false, timeNs - this.engine.nowNs, kind, container);
  }

  /** A container that hangs before its backoff is forgotten is awaited as a crash loop is; later ones come unforeseen. */
  private whenHung(container: number, timeNs: number, kind: EventKind): EventHandle {
    const hangsNs = this.table.containers.hangsNs[container]!;
    if (hangsNs === Number.POSITIVE_INFINITY) return NO_EVENT;
    const late = hangsNs - this.table.containers.startedNs[container]! > CRASH_LOOP.expireNs;
    return this.engine.scheduleAs(late, timeNs - this.engine.nowNs, kind, container);
  }
}

/** First of the moments `anchorNs + k · periodNs` that is not before `fromNs`; Infinity for Infinity. */
function nextTick(anchorNs: number, periodNs: number, fromNs: number): number {
  if (fromNs <= anchorNs) return anchorNs;
  return anchorNs + Math.ceil((fromNs - anchorNs) / periodNs) * periodNs;
}
