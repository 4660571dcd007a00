import type { Chart, Plugin } from 'chart.js';
import type { RunResult } from '../../measure/run-result.js';
import { FONT_FAMILY } from './look.js';
import { shortName } from './title.js';

const STEP_COLOR = '#8A5A00';
const FAULT_COLOR = '#B3261E';
const TEXT_SIZE = 11;
/** Rows of texts; marks that find no room in any stay without. */
const ROWS = 3;

type Marked = Pick<RunResult, 'marks' | 'timeZeroNs' | 'endNs'>;

/** Steps as lines and faults as bands on a time axis, named at the top of the plot; `unitNs` is one of its units. */
export function timeMarks({ marks, timeZeroNs, endNs }: Marked, unitNs: number): Plugin<'line'> {
  const draw = (chart: Chart): void => {
    const { ctx, chartArea, scales } = chart;
    const { left, right, top, bottom } = chartArea;
    const rowEnds = new Array<number>(ROWS).fill(left);
    ctx.save();
    ctx.font = `${TEXT_SIZE}px ${FONT_FAMILY}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    ctx.strokeStyle = '#FFFFFF';
    ctx.lineWidth = 3;
    ctx.lineJoin = 'round';
    const at = (timeNs: number): number => scales.x!.getPixelForValue((timeNs - timeZeroNs) / unitNs);
    for (const mark of marks) {
      const x = Math.max(left, at(mark.atNs));
      ctx.fillStyle = mark.fault ? FAULT_COLOR : STEP_COLOR;
      if (mark.endNs >= 0) {
        ctx.globalAlpha = 0.1;
        ctx.fillRect(x, top, Math.min(right, at(Math.min(mark.endNs, endNs))) - x, bottom - top);
      }
      ctx.globalAlpha = 0.8;
      ctx.fillRect(x - 0.5, top, 1, bottom - top);
      ctx.globalAlpha = 1;
      const text = shortName(mark.text);
      const width = ctx.measureText(text).width + 8;
      const row = rowEnds.findIndex((end) => end <= x);
      if (row < 0) continue;
      // What would run out of the plot stands before its line.
      const start = x + width <= right ? x + 4 : x - width + 4;
      rowEnds[row] = start + width;
      // On a ground of its own: it may stand on what was measured.
      ctx.strokeText(text, start, top + 3 + row * (TEXT_SIZE + 3));
      ctx.fillText(text, start, top + 3 + row * (TEXT_SIZE + 3));
    }
    ctx.restore();
  };
  return { id: 'timeMarks', afterDatasetsDraw: draw as never };
}
