import type { PageData } from '../../report/html/page-data.js';
import { digits, durationText } from '../duration-text.js';
import { element, named } from '../element.js';
import { type PodTable, STATES } from './pod-table.js';
import type { Spoke } from './wheel-layout.js';

/** Pods of a node that are listed. */
const PODS_LISTED = 120;
const REQUESTS_LISTED = 12;

/** Tells the story of what the reader points at, in words and figures. */
export class Story {
  private readonly box: HTMLElement;
  private readonly data: PageData;
  private readonly table: PodTable;

  constructor(box: HTMLElement, data: PageData, table: PodTable) {
    this.box = box;
    this.data = data;
    this.table = table;
  }

  nothing(): void {
    this.tell('Point and click', 'The hub, a spoke, a node of the rim or one of its pods tells its story here.', []);
  }

  hub(): void {
    const { hub, etcd, cpu } = this.data.summary;
    this.tell('API server and etcd', 'The hub: the only door to the one store.', [
      facts([
        ['requests', digits(hub.requests)],
        ['most in a second', digits(hub.rate.peak)],
        ['refused', digits(hub.rejected)],
        ['writes, half', time(hub.latency.mutating.p50)],
        ['writes, 99 %', time(hub.latency.mutating.p99)],
        ['watch events', digits(hub.watchEvents)],
        ['puts', digits(etcd.puts)],
        ['API server', `${digits(cpu['kube-apiserver'] ?? 0)} s of a core`],
        ['etcd', `${digits(cpu.etcd ?? 0)} s of a core`],
      ]),
    ]);
  }

  spoke({ name }: Spoke): void {
    const { hub, cpu } = this.data.summary;
    const client = hub.byClient.find((one) => one.client === name);
    const requests = hub.byRequest.filter((one) => one.client === name).sort((a, b) => b.count - a.count);
    const shown = requests
      .slice(0, REQUESTS_LISTED)
      .map(({ verb, resource, subresource, code, count }): [string, string] => [
        `${verb} ${resource}${subresource === '' ? '' : `/${subresource}`} ${code}`,
        digits(count),
      ]);
    const waits: [string, string][] =
      client === undefined
        ? []
        : [
            ['requests', digits(client.requests)],
            ['own limiter, half', time(client.limiterWait.p50)],
            ['own limiter, worst', time(client.limiterWait.max)],
          ];
    const busy: [string, string][] = cpu[name] === undefined ? [] : [['processor', `${digits(cpu[name])} s of a core`]];
    this.tell(name, 'A spoke: it knows the hub and nobody else.', [facts([...waits, ...busy]), facts(shown)]);
  }

  node(node: number, now: number): void {
    const { names, changes } = this.data.nodes;
    const history = changes
      .filter(([, which]) => which === node)
      .map(([at, , state]): [string, string] => [durationText(at), state]);
    const pods: number[] = [];
    for (let pod = 0; pod < this.table.count; pod++)
      if (this.table.node[pod] === node && this.wasThere(pod, now)) pods.push(pod);
    const list = pods.slice(0, PODS_LISTED).map((pod) => {
      const button = element('button', { type: 'button' }, named(this.table.nameOf(pod)));
      button.addEventListener('click', () => this.pod(pod));
      return button;
    });
    this.tell(names[node]!, `${pods.length} pods were bound to it until now.`, [facts(history), ...list]);
  }

  pod(pod: number): void {
    const { table, data } = this;
    const steps: [string, string][] = [];
    let before = Number.NaN;
    for (const state of STATES) {
      const at = table.times[state][pod]!;
      if (Number.isNaN(at)) continue;
      const after = Number.isNaN(before) ? '' : `, ${durationText(at - before)} later`;
      steps.push([state, `${durationText(at)}${after}`]);
      before = at;
    }
    const node = table.node[pod]!;
    const back = element('button', { type: 'button' }, node < 0 ? 'never bound' : `on ${data.nodes.names[node]}`);
    back.addEventListener('click', () => node >= 0 && this.node(node, Number.POSITIVE_INFINITY));
    this.tell(table.nameOf(pod), table.ownerOf(pod), [facts(steps), back]);
  }

  private wasThere(pod: number, now: number): boolean {
    return this.table.times.bound[pod]! <= now && !(this.table.times.gone[pod]! <= now);
  }

  private tell(title: string, about: string, content: readonly HTMLElement[]): void {
    const head = element('h3', {}, named(title));
    this.box.replaceChildren(head, element('small', { dir: 'auto' }, about), ...content);
  }
}

function facts(rows: readonly (readonly [string, string])[]): HTMLElement {
  return element('dl', {}, ...rows.flatMap(([title, text]) => [element('dt', {}, title), element('dd', {}, text)]));
}

function time(seconds: number | null): string {
  return seconds === null ? '–' : durationText(seconds);
}
