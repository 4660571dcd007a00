import uPlot from 'uplot';
import type { PageMark } from '../report/html/page-data.js';
import type { Palette } from './palette.js';

/** Rows of names, as in the charts; marks that find no room in any stay without. */
const ROWS = 3;
const ROW_PX = 12;

/** Draws steps as lines and faults as bands on a time axis. */
export function marksPlugin(marks: readonly PageMark[], colors: Palette): uPlot.Plugin {
  const draw = (plot: uPlot): void => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    // The axes leave theirs behind.
    ctx.textAlign = 'left';
    ctx.textBaseline = 'alphabetic';
    const rowEnds = new Array<number>(ROWS).fill(Number.NEGATIVE_INFINITY);
    for (const mark of marks) {
      const x = plot.valToPos(mark.at, 'x', true);
      const color = mark.fault ? colors.fault : colors.step;
      if (mark.end >= 0) {
        ctx.globalAlpha = 0.12;
        ctx.fillStyle = color;
        ctx.fillRect(x, bbox.top, plot.valToPos(mark.end, 'x', true) - x, bbox.height);
        ctx.globalAlpha = 1;
      }
      ctx.fillStyle = color;
      ctx.fillRect(x, bbox.top, uPlot.pxRatio, bbox.height);
      ctx.font = `${10 * uPlot.pxRatio}px system-ui, sans-serif`;
      const row = rowEnds.findIndex((end) => end <= x);
      if (row < 0) continue;
      const width = ctx.measureText(mark.text).width + 8 * uPlot.pxRatio;
      // What would run out of the plot stands before its line.
      const start = x + width <= bbox.left + bbox.width ? x + 4 * uPlot.pxRatio : x - width + 4 * uPlot.pxRatio;
      rowEnds[row] = start + width;
      ctx.fillText(mark.text, start, bbox.top + (11 + row * ROW_PX) * uPlot.pxRatio);
    }
    ctx.restore();
  };
  return { hooks: { draw } };
}
