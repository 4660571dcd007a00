/** How far every figure is off for given parameters, in a fixed order. */
export type Errors = (parameters: readonly number[]) => readonly number[];

/** How many tolerances off a figure may be before it counts no more for being farther off (Huber). */
const FAR = 2;
/** Parameters are moved by this factor to see what they do. */
const PROBE = 1.15;
/** A step changes no parameter by more than this factor. */
const STEP_MAX = 1.6;

/** What a fit makes as small as it can: misses count by their square, far ones by their distance. */
export function badness(errors: readonly number[]): number {
  let sum = 0;
  for (const error of errors) {
    const distance = Number.isFinite(error) ? Math.abs(error) : FAR * 2;
    sum += distance <= FAR ? distance * distance : FAR * (2 * distance - FAR);
  }
  return sum;
}

/**
 * One step of Levenberg and Marquardt on the logarithms of positive parameters: whichever of several dampings brings the
 * errors down most. Returns the parameters unchanged when none does.
 */
export function step(errors: Errors, parameters: readonly number[], dampings: readonly number[]): readonly number[] {
  const now = errors(parameters);
  const columns = parameters.map((_, moved) => {
    const probed = errors(parameters.map((value, index) => (index === moved ? value * PROBE : value)));
    return probed.map((error, row) => slope(error - now[row]!));
  });
  let best: { parameters: readonly number[]; badness: number } = { parameters, badness: badness(now) };
  for (const damping of dampings) {
    const moves = solve(normalMatrix(columns, now, damping), gradient(columns, now));
    const candidate = parameters.map((value, index) => value * clamp(Math.exp(moves[index]!)));
    const reached = badness(errors(candidate));
    if (reached < best.badness) best = { parameters: candidate, badness: reached };
  }
  return best.parameters;
}

function slope(difference: number): number {
  return Number.isFinite(difference) ? difference / Math.log(PROBE) : 0;
}

function clamp(factor: number): number {
  return Math.min(Math.max(factor, 1 / STEP_MAX), STEP_MAX);
}

/** Weight of a figure: 1 near, less when it is so far off that something else must be wrong. */
function weight(error: number): number {
  if (!Number.isFinite(error)) return 0;
  const distance = Math.abs(error);
  return distance <= FAR ? 1 : FAR / distance;
}

function normalMatrix(columns: readonly (readonly number[])[], now: readonly number[], damping: number): number[][] {
  return columns.map((left, i) =>
    columns.map((right, j) => {
      let sum = i === j ? damping : 0;
      for (let row = 0; row < now.length; row++) sum += weight(now[row]!) * left[row]! * right[row]!;
      return sum;
    }),
  );
}

function gradient(columns: readonly (readonly number[])[], now: readonly number[]): number[] {
  return columns.map((column) => {
    let sum = 0;
    for (let row = 0; row < now.length; row++) {
      if (Number.isFinite(now[row]!)) sum -= weight(now[row]!) * column[row]! * now[row]!;
    }
    return sum;
  });
}

/** Solves a system of linear equations by elimination; the matrix is positive definite. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = pivot + 1; row < size; row++) {
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column <= size; column++) rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let sum = rows[row]![size]!;
    for (let column = row + 1; column < size; column++) sum -= rows[row]![column]! * solution[column]!;
    solution[row] = sum / rows[row]![row]!;
  }
  return solution;
}
