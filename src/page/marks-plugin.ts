import uPlot from 'uplot';
import type { PageMark } from '../report/html/page-data.js';
import type { Palette } from './palette.js';

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
    let lastLabel = Number.NEGATIVE_INFINITY;
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
      if (x < lastLabel) continue;
      ctx.fillText(mark.text, x + 4 * uPlot.pxRatio, bbox.top + 11 * uPlot.pxRatio);
      lastLabel = x + ctx.measureText(mark.text).width + 12 * uPlot.pxRatio;
    }
    ctx.restore();
  };
  return { hooks: { draw } };
}
