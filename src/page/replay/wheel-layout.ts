import type { PageData } from '../../report/html/page-data.js';

/** A spoke of the wheel: a program that talks with the hub. */
export interface Spoke {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly requests: readonly number[];
  readonly watchEvents: readonly number[];
  /** The kubelets: their spoke is the whole rim. */
  readonly rim: boolean;
}

/** The cell of a node on the rim: an arc between two radii. */
export interface Cell {
  readonly from: number;
  readonly to: number;
  readonly inner: number;
  readonly outer: number;
  /** Free angle to the next cell. */
  readonly gap: number;
}

/** Where everything is, in units of half the stage's width around its middle. */
export interface WheelLayout {
  readonly spokes: readonly Spoke[];
  readonly cells: readonly Cell[];
}

export const HUB_RADIUS = 0.105;
const SPOKE_RADIUS = 0.42;
const RIM_INNER = 0.6;
const RIM_OUTER = 0.965;
/** Spokes with a place of their own. */
const SPOKES_MAX = 16;
const TURN = 2 * Math.PI;

export function wheelLayout(data: PageData): WheelLayout {
  return { spokes: spokesOf(data), cells: cellsOf(data.nodes.names.length) };
}

function spokesOf({ series }: PageData): Spoke[] {
  const asked = new Map(series.requests.map(({ name, values }) => [name, values]));
  const heard = new Map(series.watchEvents.map(({ name, values }) => [name, values]));
  const sum = (name: string): number =>
    [...(asked.get(name) ?? []), ...(heard.get(name) ?? [])].reduce((total, value) => total + value, 0);
  const names = [...new Set([...asked.keys(), ...heard.keys()])].sort((a, b) => sum(b) - sum(a));
  const shown = names
    .filter((name) => name !== 'kubelet')
    .slice(0, SPOKES_MAX)
    .sort();
  const inner = shown.map((name, at): Spoke => {
    const angle = (TURN * at) / shown.length - TURN / 4;
    return {
      name,
      x: SPOKE_RADIUS * Math.cos(angle),
      y: SPOKE_RADIUS * Math.sin(angle),
      requests: asked.get(name) ?? [],
      watchEvents: heard.get(name) ?? [],
      rim: false,
    };
  });
  const kubelet: Spoke = {
    name: 'kubelet',
    x: 0,
    y: 0,
    requests: asked.get('kubelet') ?? [],
    watchEvents: heard.get('kubelet') ?? [],
    rim: true,
  };
  return [...inner, kubelet];
}

/** Rings of cells that are about as wide as high, filled from the inside. */
function cellsOf(count: number): Cell[] {
  if (count === 0) return [];
  const depth = RIM_OUTER - RIM_INNER;
  const around = (TURN * (RIM_INNER + RIM_OUTER)) / 2;
  const rings = Math.max(1, Math.min(24, Math.round(Math.sqrt((count * depth) / around))));
  const thickness = Math.min(depth / rings, 0.2);
  const radii = Array.from({ length: rings }, (_, ring) => RIM_OUTER - thickness * (rings - ring));
  const length = radii.reduce((sum, radius) => sum + radius, 0);
  const cells: Cell[] = [];
  radii.forEach((inner, ring) => {
    const share = ring === rings - 1 ? count - cells.length : Math.round((count * inner) / length);
    const angle = TURN / Math.max(1, share);
    const gap = Math.min(0.12 * angle, 0.012);
    for (let at = 0; at < share && cells.length < count; at++) {
      const from = at * angle - TURN / 4;
      cells.push({ from: from + gap / 2, to: from + angle - gap / 2, inner, outer: inner + thickness * 0.92, gap });
    }
  });
  return cells;
}

/** The node at a point, -1 for none. */
export function cellAt(cells: readonly Cell[], x: number, y: number): number {
  const radius = Math.hypot(x, y);
  let angle = Math.atan2(y, x);
  if (angle < -TURN / 4) angle += TURN;
  return cells.findIndex(
    ({ from, to, inner, outer }) => radius >= inner && radius <= outer && angle >= from && angle <= to,
  );
}
