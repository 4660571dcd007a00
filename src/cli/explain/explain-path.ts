import type { CriticalPath, WaitShare } from '../../measure/critical-path.js';
import { readable } from '../../report/charts/time-unit.js';
import { criticalPathStory } from '../../report/critical-path-story.js';
import type { ScenarioConfig } from '../../scenario/config.js';
import { relaxationOf } from '../../scenario/relaxation.js';
import { simulate } from '../../scenario/simulate.js';

/** Whoever gains less of what there seems to be to gain has found another wait behind the first. */
const GAIN_MIN = 0.15;

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
  const inVain = lifted !== undefined && lifted.seconds !== null && gainOf(path, lifted, lifted.seconds) < GAIN_MIN;
  const story = criticalPathStory(path, (wait) => advice(wait, inVain ? lifted.setting : undefined));
  return lifted === undefined ? story : `${story}\n${whatIfText(path, lifted)}\n`;
}

/** Nothing where a setting decides nothing, or where changing it was found to be `vain`. */
function advice(wait: WaitShare, vain: string | undefined): string {
  const relaxation = relaxationOf(wait);
  return relaxation === undefined || relaxation.setting === vain ? '' : `${relaxation.advice} ${relaxation.setting}`;
}

/** How much of what could be gained a run of so many seconds has. */
function gainOf({ seconds: before }: CriticalPath, { bound }: WhatIf, seconds: number): number {
  return (before - seconds) / (before - bound);
}

function whatIfText(path: CriticalPath, lifted: WhatIf): string {
  const { setting, bound, seconds } = lifted;
  const head = `Were it not for ${setting}, ${readable(bound)} would be the least`;
  if (seconds === null) return `${head}; a run so did not converge.`;
  const gain = gainOf(path, lifted, seconds);
  if (gain >= GAIN_MIN)
    return `${head}; a run so took ${readable(seconds)}, which is ${(100 * gain).toFixed(0)} % of what there was to gain.`;
  const outcome = gain <= 0 ? 'no quicker' : 'hardly quicker';
  return `Changing ${setting} alone is in vain: a run without that wait took ${readable(seconds)}, ${outcome}, because others take its place.`;
}
