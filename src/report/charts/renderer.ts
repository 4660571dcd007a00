import { createRequire } from 'node:module';
import type { ChartConfiguration } from 'chart.js';
import { CHART_HEIGHT, CHART_WIDTH, FONT_FAMILY } from './look.js';

/** Draws a chart to PNG. */
export type Renderer = (configuration: ChartConfiguration) => Promise<Uint8Array>;

const SIZE = { width: CHART_WIDTH, height: CHART_HEIGHT, backgroundColour: '#FFFFFF' };

/**
 * A renderer with the project's font. It draws through chartjs-node-canvas, or where that optional package is not
 * installed by Chart.js itself on the same canvas: the bytes are the same.
 */
export async function createRenderer(): Promise<Renderer> {
  const { GlobalFonts } = await import('@napi-rs/canvas');
  const require = createRequire(import.meta.url);
  // Without the bold cut titles would be drawn with a synthetic one.
  for (const cut of ['400Regular/Inter_400Regular.ttf', '700Bold/Inter_700Bold.ttf'])
    GlobalFonts.registerFromPath(require.resolve(`@expo-google-fonts/inter/${cut}`), FONT_FAMILY);
  try {
    return await throughChartJsNodeCanvas(require);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return directly();
  }
}

async function throughChartJsNodeCanvas(require: NodeJS.Require): Promise<Renderer> {
  const { ChartJSNodeCanvas } = await import('chartjs-node-canvas');
  const canvas = new ChartJSNodeCanvas({
    ...SIZE,
    chartCallback: (chart) => {
      chart.defaults.font.family = FONT_FAMILY;
    },
  });
  // The package is made for node-canvas; its asynchronous methods need the compatible face of @napi-rs/canvas.
  const compatible = require('@napi-rs/canvas/node-canvas.js') as { createCanvas: unknown; registerFont: unknown };
  Object.assign(canvas, { _createCanvas: compatible.createCanvas, _registerFont: compatible.registerFont });
  return (configuration) => canvas.renderToBuffer(configuration);
}

async function directly(): Promise<Renderer> {
  const [{ createCanvas }, { Chart, registerables }] = await Promise.all([
    import('@napi-rs/canvas'),
    import('chart.js'),
  ]);
  Chart.register(...registerables);
  Chart.defaults.font.family = FONT_FAMILY;
  return async (configuration) => {
    const canvas = createCanvas(SIZE.width, SIZE.height);
    const background = {
      id: 'background',
      beforeDraw: ({ ctx }: { ctx: { fillStyle: unknown; fillRect(...box: number[]): void } }): void => {
        ctx.fillStyle = SIZE.backgroundColour;
        ctx.fillRect(0, 0, SIZE.width, SIZE.height);
      },
    };
    const plugins = [background, ...(configuration.plugins ?? [])] as unknown as NonNullable<
      ChartConfiguration['plugins']
    >;
    const chart = new Chart(canvas.getContext('2d') as never, { ...configuration, plugins });
    const image = await canvas.encode('png');
    chart.destroy();
    return image;
  };
}
