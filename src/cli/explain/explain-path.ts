import type { CriticalPath, WaitShare } from '../../measure/critical-path.js';
import { readable } from '../../report/charts/time-unit.js';
import { criticalPathStory } from '../../report/critical-path-story.js';
import type { ScenarioConfig } from '../../scenario/config.js';
import { relaxationOf } from '../../scenario/relaxation.js';
import { simulate } from '../../scenario/simulate.js';

/** What a run comes to without the wait that its path spends most on. */
export interface WhatIf {
  readonly setting: string;
  /** No run can be quicker that spends as long on everything else, seconds. */
  readonly bound: number;
  /** What the run came to; null if it did not converge. */
  readonly seconds: number | null;
}

/** Runs a scenario without its longest wait, where a setting can lift it. */
export function whatIf(path: CriticalPath, scenario: ScenarioConfig): WhatIf | undefined {
  const [top] = path.causes;
  const relaxation = top === undefined ? undefined : relaxationOf(top);
  if (top === undefined || relaxation?.lift === undefined || path.end !== 'converged') return undefined;
  const { convergence } = simulate(relaxation.lift(scenario)).summary;
  return { setting: relaxation.setting, bound: path.seconds - top.seconds, seconds: convergence.seconds };
}

/** A path and what could be done about it, in words. */
export function pathText(path: CriticalPath, lifted: WhatIf | undefined): string {
  const story = criticalPathStory(path, advice);
  return lifted === undefined ? story : `${story}\n${whatIfText(path, lifted)}\n`;
}

function advice(wait: WaitShare): string {
  const relaxation = relaxationOf(wait);
  return relaxation === undefined ? '' : `${relaxation.advice} ${relaxation.setting}`;
}

function whatIfText({ seconds: before }: CriticalPath, { setting, bound, seconds }: WhatIf): string {
  const head = `Were it not for ${setting}, ${readable(bound)} would be the least`;
  if (seconds === null) return `${head}; a run so did not converge.`;
  const gained = (100 * (before - seconds)) / (before - bound);
  return `${head}; a run so took ${readable(seconds)}, which is ${gained.toFixed(0)} % of what there was to gain.`;
}
