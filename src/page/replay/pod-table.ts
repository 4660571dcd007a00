import type { PageData, PagePods } from '../../report/html/page-data.js';

/** Moments of a pod's life, in order; each is a column of the table. */
export const STATES = ['created', 'bound', 'running', 'deleted', 'gone'] as const;

/** The pods of a run in columns: times in seconds, NaN for never. */
export interface PodTable {
  readonly count: number;
  /** -1: none. */
  readonly node: Int32Array;
  readonly times: Readonly<Record<(typeof STATES)[number], Float64Array>>;
  nameOf(pod: number): string;
  ownerOf(pod: number): string;
}

/** Unpacks what `packPods` has packed. */
export function podTable({ pods }: PageData): PodTable {
  const { count, tick } = pods;
  const next = reader(pods.packed);
  const owner = new Int32Array(count);
  const node = new Int32Array(count);
  const column = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  const times = { created: column(), bound: column(), running: column(), deleted: column(), gone: column() };
  let before = 0;
  for (let pod = 0; pod < count; pod++) {
    owner[pod] = next();
    node[pod] = next() - 1;
    const step = next();
    before += step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    times.created[pod] = before * tick;
    for (const state of ['bound', 'running', 'deleted', 'gone'] as const) {
      const after = next();
      if (after > 0) times[state][pod] = (before + after - 1) * tick;
    }
  }
  return { count, node, times, ...namesOf(pods, owner) };
}

function namesOf(pods: PagePods, owner: Int32Array): Pick<PodTable, 'nameOf' | 'ownerOf'> {
  const names = pods.names.split('\n');
  const ownerOf = (pod: number): string => pods.owners[owner[pod]!]!;
  const nameOf = (pod: number): string => {
    const name = names[pod]!;
    const controller = ownerOf(pod).slice(ownerOf(pod).indexOf('/') + 1);
    return name.startsWith('~') ? `${controller}${name.slice(1)}` : name;
  };
  return { nameOf, ownerOf };
}

/** Reads numbers of seven bits a byte, lowest first. */
function reader(base64: string): () => number {
  const text = atob(base64);
  let at = 0;
  return () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = text.charCodeAt(at++);
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
}
