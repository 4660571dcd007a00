import Table from 'cli-table3';
import { COMPACT } from '../table-look.js';
import type { BenchRecord } from './bench-record.js';
import type { Before } from './run-comparison.js';
import type { WholeRun } from './whole-run.js';

/** The whole runs of a record as people read them, beside what they should take and what they took before. */
export function runsTable(runs: readonly WholeRun[], record: BenchRecord, before: Before | undefined): string {
  const head = ['', 'command', 'goal', 'simulated', 'events', 'M events/s', 'goal', 'memory', 'goal'];
  const table = new Table({
    chars: COMPACT,
    head: before === undefined ? head : [...head, 'before'],
    style: { head: [], border: [] },
  });
  for (const { name, goal = {} } of runs) {
    const measured = record.runs![name]!;
    const row = [
      name,
      seconds(measured.seconds),
      goal.seconds === undefined ? '' : seconds(goal.seconds),
      seconds(measured.simulatedSeconds),
      measured.events.toLocaleString('en-US'),
      (measured.eventsPerSecond / 1e6).toFixed(2),
      goal.eventsPerSecond === undefined ? '' : (goal.eventsPerSecond / 1e6).toFixed(2),
      megabytes(measured.peakMemoryBytes),
      goal.memoryBytes === undefined ? '' : megabytes(goal.memoryBytes),
    ];
    table.push(before === undefined ? row : [...row, times(before.slowdown(name))]);
  }
  return table.toString();
}

function seconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} s`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en-US')} MiB`;
}

function times(slowdown: number | undefined): string {
  return slowdown === undefined ? 'new' : `${slowdown.toFixed(2)} x`;
}
