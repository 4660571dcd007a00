import { cpus } from 'node:os';
import type { Setting } from '../scenario/setting.js';
import { hubsimVersion } from './version.js';

/** `run.json`: the one file of a result that differs each time. */
export interface RunFile extends RunInfo {
  readonly scenario: ScenarioOrigin;
}

/** What was run, so that it can be run again: an absolute path, a seed, and what stood above the file. */
export interface ScenarioOrigin {
  readonly file: string;
  readonly seed: number;
  /** What stood above the file. */
  readonly settings?: readonly Setting[];
}

/** What a run cost on this machine. */
export interface RunInfo {
  readonly schema: 'hubsim/run/v1';
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMemoryBytes: number;
  readonly eventsPerSecond: number;
  /** Virtual seconds a wall second. */
  readonly speed: number;
  readonly versions: { readonly hubsim: string; readonly node: string };
  readonly machine: { readonly platform: string; readonly arch: string; readonly cpu: string; readonly cores: number };
}

/** `wallMs` and the processor time since `cpuBefore` are those of the simulation alone. */
export function runInfo(wallMs: number, cpuBefore: NodeJS.CpuUsage, events: number, virtualSeconds: number): RunInfo {
  const cpu = process.cpuUsage(cpuBefore);
  const wallSeconds = wallMs / 1e3;
  const cores = cpus();
  return {
    schema: 'hubsim/run/v1',
    wallSeconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    eventsPerSecond: Math.round(events / wallSeconds),
    speed: virtualSeconds / wallSeconds,
    versions: { hubsim: hubsimVersion(), node: process.versions.node },
    machine: { platform: process.platform, arch: process.arch, cpu: cores[0]?.model ?? '', cores: cores.length },
  };
}
