import { newColumn } from '../api/columns.js';
import { controllerOf } from '../api/meta.js';
import type { Pod } from '../api/pod.js';
import type { WatchEvent } from '../api/watch.js';
import { MOMENT, type Moment, PAGE_BITS, PAGE_ROWS, PodPage } from './pod-page.js';

const TEXTS = ['namespace', 'name', 'owner', 'node'] as const;

/** All rows at the end of a run. */
export type PodColumns = { readonly count: number } & Readonly<Record<(typeof TEXTS)[number], string[]>> &
  Readonly<Record<Moment, Float64Array>>;

/** When every pod reached each state of its life, by its dense id, as the store committed it. */
export class PodLog {
  /** Pages whose pods are all gone are packed: a day in which pods come and go takes megabytes. */
  readonly #pages: (PodPage | Uint8Array)[];
  readonly #ownerName: (kindId: number, name: string) => string;
  #count: number;
  /** A page to be packed when the next one could be; −1: there is none. A kubelet may still tell of a pod that is gone. */
  #idle: number;

  /** `ownerName` writes a controller as the rows show it: `ReplicaSet/web-5d4f8`. */
  constructor(ownerName: (kindId: number, name: string) => string) {
    this.#pages = [];
    this.#ownerName = ownerName;
    this.#count = 0;
    this.#idle = -1;
  }

  /** A version of a pod was committed. */
  committed(event: WatchEvent): void {
    const pod = event.object as Pod;
    const nowNs = event.committedNs;
    const page = this.#pageOf(pod.id);
    const row = pod.id & (PAGE_ROWS - 1);
    if (event.type === 'ADDED') this.#add(page, row, pod, nowNs);
    if (pod.spec.nodeName !== '' && page.node[row] === '') {
      page.mark(MOMENT.boundNs, row, nowNs);
      page.node[row] = pod.spec.nodeName;
    }
    if (pod.status.phase === 'Running') page.mark(MOMENT.runningNs, row, nowNs);
    else if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed')
      page.mark(MOMENT.finishedNs, row, nowNs);
    if (pod.metadata.deleting) page.mark(MOMENT.deletedNs, row, nowNs);
    if (event.type !== 'DELETED') return;
    page.mark(MOMENT.goneNs, row, nowNs);
    if (++page.gone === PAGE_ROWS) this.#rest(pod.id >> PAGE_BITS);
  }

  containersStarted(podId: number, nowNs: number): void {
    this.#pageOf(podId).mark(MOMENT.startedNs, podId & (PAGE_ROWS - 1), nowNs);
  }

  /** All rows as columns, which take some 100 bytes a pod. */
  rows(): PodColumns {
    const count = this.#count;
    const column = (): Float64Array => newColumn(Float64Array, count);
    const rows: PodColumns = {
      count,
      namespace: [],
      name: [],
      owner: [],
      node: [],
      createdNs: column(),
      boundNs: column(),
      startedNs: column(),
      runningNs: column(),
      finishedNs: column(),
      deletedNs: column(),
      goneNs: column(),
    };
    for (let index = 0; index << PAGE_BITS < count; index++) {
      const page = this.#opened(index);
      const start = index << PAGE_BITS;
      for (const text of TEXTS) rows[text].push(...page[text]);
      for (const [moment, at] of Object.entries(MOMENT))
        rows[moment as Moment].set(page.column(at).subarray(0, count - start), start);
    }
    return rows;
  }

  #add(page: PodPage, row: number, pod: Pod, nowNs: number): void {
    const { id, metadata } = pod;
    this.#count = Math.max(this.#count, id + 1);
    const owner = controllerOf(metadata);
    page.namespace[row] = metadata.namespace;
    page.name[row] = metadata.name;
    page.owner[row] = owner === undefined ? '' : this.#ownerName(owner.kindId, owner.name);
    page.node[row] = '';
    page.mark(MOMENT.createdNs, row, nowNs);
  }

  #pageOf(id: number): PodPage {
    const index = id >> PAGE_BITS;
    while (this.#pages.length <= index) this.#pages.push(new PodPage());
    const page = this.#opened(index);
    this.#pages[index] = page;
    return page;
  }

  #opened(index: number): PodPage {
    const page = this.#pages[index]!;
    return page instanceof PodPage ? page : PodPage.unpacked(page);
  }

  /** No pod of the page will change any more, but for a late word of a kubelet. */
  #rest(index: number): void {
    if (this.#idle >= 0) this.#pages[this.#idle] = this.#pageOf(this.#idle << PAGE_BITS).packed();
    this.#idle = index;
  }
}
