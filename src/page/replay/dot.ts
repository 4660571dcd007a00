/** A dot drawn once, to be stamped any number of times: much quicker than so many circles. */
export class Dot {
  private readonly color: string;
  private readonly glow: number;
  private readonly canvas: HTMLCanvasElement;
  private radius: number;

  /** `glow` is how much further than its radius it shines, in radii; 0 for a plain dot. */
  constructor(color: string, glow: number) {
    this.color = color;
    this.glow = glow;
    this.canvas = document.createElement('canvas');
    this.radius = 0;
  }

  /** Gets ready to be stamped with a radius in pixels. */
  prepare(radius: number): void {
    if (this.radius === radius) return;
    this.radius = radius;
    const reach = Math.ceil(radius * (1 + this.glow)) + 1;
    this.canvas.width = 2 * reach;
    this.canvas.height = 2 * reach;
    const context = this.canvas.getContext('2d')!;
    context.translate(reach, reach);
    context.fillStyle = this.color;
    if (this.glow > 0) {
      context.globalAlpha = 0.22;
      disc(context, radius * (1 + this.glow));
      context.globalAlpha = 1;
    }
    disc(context, radius);
  }

  /** To whole pixels: between them it would have to be resampled. */
  stamp(context: CanvasRenderingContext2D, x: number, y: number): void {
    const reach = this.canvas.width / 2;
    context.drawImage(this.canvas, Math.round(x) - reach, Math.round(y) - reach);
  }
}

function disc(context: CanvasRenderingContext2D, radius: number): void {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.fill();
}
