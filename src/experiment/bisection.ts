/** Where to look for an end of the values for which something holds. */
export interface Search {
  readonly find: 'smallest' | 'largest';
  readonly from: number;
  readonly to: number;
  /** Only whole numbers are tried. */
  readonly whole: boolean;
  /** Of the value: how near is near enough; whole numbers one apart always are. */
  readonly precision: number;
}

/** What a search came to. */
export interface SearchEnd {
  /** The value found; undefined when it holds nowhere between the ends. */
  readonly value: number | undefined;
  /** The nearest value for which it does not hold; undefined when it holds everywhere. */
  readonly beyond: number | undefined;
}

/** A range this wide is halved by factors, not by differences. */
const WIDE = 10;

/**
 * The smallest (or largest) value for which `holds` says so, if it holds from there on upwards (or up to there) and
 * nowhere else. Asks about the ends first and then halves.
 */
export async function bisect(search: Search, holds: (value: number) => Promise<boolean>): Promise<SearchEnd> {
  const upwards = search.find === 'smallest';
  const [easy, hard] = upwards ? [search.to, search.from] : [search.from, search.to];
  if (!(await holds(easy))) return { value: undefined, beyond: easy };
  if (await holds(hard)) return { value: hard, beyond: undefined };
  let [value, beyond] = [easy, hard];
  for (;;) {
    const middle = between(search, Math.min(value, beyond), Math.max(value, beyond));
    if (middle === undefined) return { value, beyond };
    if (await holds(middle)) value = middle;
    else beyond = middle;
  }
}

/** A value in the middle, undefined when the ends are near enough. */
function between({ whole, precision }: Search, low: number, high: number): number | undefined {
  if (high - low <= precision * Math.abs(high)) return undefined;
  const middle = low > 0 && high / low >= WIDE ? Math.sqrt(low * high) : (low + high) / 2;
  const tried = whole ? Math.round(middle) : Number(middle.toPrecision(4));
  return tried <= low || tried >= high ? undefined : tried;
}

/** Doublings, or halvings, from the value of the scenario before a search gives up. */
const DOUBLINGS_MAX = 20;

/** Ends for a search around a value: as far as it must go for the answer to change. */
export async function bracket(
  find: Search['find'],
  start: number,
  whole: boolean,
  holds: (value: number) => Promise<boolean>,
): Promise<{ readonly from: number; readonly to: number }> {
  const held = await holds(start);
  // A smallest value lies below one that holds and above one that does not; a largest the other way round.
  const up = held === (find === 'largest');
  let near = start;
  for (let step = 0; step < DOUBLINGS_MAX; step++) {
    const far = up ? near * 2 : whole ? Math.floor(near / 2) : near / 2;
    if (whole && far < 1) break;
    if ((await holds(far)) !== held) return up ? { from: near, to: far } : { from: far, to: near };
    near = far;
  }
  return up ? { from: start, to: near } : { from: near, to: start };
}
