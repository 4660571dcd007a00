import { type AnswerTaker, Call } from '../api/call.js';
import type { EventKind } from '../engine/index.js';
import type { Process } from './process.js';

/** Time that passes without using the processor. */
export class Sleep {
  readonly delayNs: number;
  constructor(delayNs: number) {
    this.delayNs = delayNs;
  }
}

/** Time on the processor of the task's host, for each of several jobs at once; it ends with the last of them. */
export class Work {
  readonly costNs: number;
  readonly jobs: number;
  /** What so many of the jobs, the first, take more. */
  readonly extraNs: number;
  readonly extras: number;
  constructor(costNs: number, jobs: number, extraNs: number, extras: number) {
    this.costNs = costNs;
    this.jobs = jobs;
    this.extraNs = extraNs;
    this.extras = extras;
  }
}

export function sleep(delayNs: number): Sleep {
  return new Sleep(delayNs);
}

export function work(costNs: number, jobs = 1, extraNs = 0, extras = 0): Work {
  return new Work(costNs, jobs, extraNs, extras);
}

/** What a task may wait for: an answer, several answers, time, or processor time. */
export type Wait = Call | readonly Call[] | Sleep | Work;

/**
 * A piece of behaviour written from top to bottom: `const call = client.create(x); yield call; if (!call.ok) …`.
 * It stops at every `yield` until what it waits for has happened, in virtual time and without promises.
 */
export type Task = Generator<Wait, void, void>;

/** What there is to do, and perhaps to wait for, after work. */
export function* afterWork(costNs: number, rest: () => Task | undefined): Task {
  yield work(costNs);
  yield* rest() ?? [];
}

/** Who is told that a task has come to its end. */
export interface TaskOwner {
  taskEnded(tag: number): void;
}

/** Runs the tasks of one process. */
export class TaskRunner {
  private readonly process: Process;
  private readonly resumeKind: EventKind;
  private readonly workedKind: EventKind;
  private readonly rows: (RunningTask | undefined)[];
  private readonly free: number[];

  constructor(process: Process) {
    this.process = process;
    this.resumeKind = process.engine.register(`${process.name}: task slept`, (row) => this.step(row), 'timer');
    this.workedKind = process.engine.register(
      `${process.name}: task worked`,
      (row) => this.rows[row]!.answered(),
      'processor',
    );
    this.rows = [];
    this.free = [];
  }

  /** Starts a task at once; `owner.taskEnded(tag)` follows, perhaps before this returns. */
  start(task: Task, owner?: TaskOwner, tag = 0): void {
    const row = this.free.pop() ?? this.rows.length;
    this.rows[row] = new RunningTask(this, row, task, owner, tag);
    this.step(row);
  }

  /** A task that began as a chore is work from its next step on. */
  promote(tag: number): void {
    for (const running of this.rows) if (running?.tag === tag) running.promoted = true;
  }

  /** Resumes a task and arranges for its next wait. */
  step(row: number): void {
    const running = this.rows[row]!;
    if (running.promoted) this.process.engine.become(false);
    const result = running.task.next();
    if (result.done === true) this.end(row, running);
    else this.await(row, running, result.value);
  }

  private await(row: number, running: RunningTask, wait: Wait): void {
    if (wait instanceof Call) running.awaitOne(wait);
    else if (wait instanceof Sleep) this.process.engine.schedule(wait.delayNs, this.resumeKind, row);
    else if (wait instanceof Work) this.awaitWork(row, running, wait);
    else running.awaitAll(wait);
  }

  private awaitWork(row: number, running: RunningTask, { costNs, jobs, extraNs, extras }: Work): void {
    running.outstanding = jobs;
    for (let i = 0; i < jobs; i++) this.process.work(i < extras ? costNs + extraNs : costNs, this.workedKind, row);
  }

  private end(row: number, running: RunningTask): void {
    this.rows[row] = undefined;
    this.free.push(row);
    running.owner?.taskEnded(running.tag);
  }
}

class RunningTask implements AnswerTaker {
  readonly task: Task;
  readonly owner: TaskOwner | undefined;
  readonly tag: number;
  private readonly runner: TaskRunner;
  private readonly row: number;
  /** Answers or jobs that it still waits for. */
  outstanding: number;
  /** Whether it began as a chore and is work by now. */
  promoted: boolean;

  constructor(runner: TaskRunner, row: number, task: Task, owner: TaskOwner | undefined, tag: number) {
    this.runner = runner;
    this.row = row;
    this.task = task;
    this.owner = owner;
    this.tag = tag;
    this.outstanding = 0;
    this.promoted = false;
  }

  awaitOne(call: Call): void {
    if (call.done) this.runner.step(this.row);
    else {
      call.answerTo = this;
      this.outstanding = 1;
    }
  }

  awaitAll(calls: readonly Call[]): void {
    for (const call of calls) {
      if (call.done) continue;
      call.answerTo = this;
      this.outstanding++;
    }
    if (this.outstanding === 0) this.runner.step(this.row);
  }

  answered(): void {
    this.outstanding--;
    if (this.outstanding === 0) this.runner.step(this.row);
  }
}
