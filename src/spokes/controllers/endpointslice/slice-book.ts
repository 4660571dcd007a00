import type { EndpointPort, EndpointSlice } from '../../../api/endpoint-slice.js';
import type { Labels } from '../../../api/labels.js';
import type { PodShape } from '../../../api/pod-shape.js';
import type { Service } from '../../../api/service.js';
import { endpointOf, hasEndpoint } from './endpoint.js';
import { endpointPorts, portsKey } from './endpoint-ports.js';
import { type Place, PortGroup, type Sheet } from './port-group.js';
import type { Member } from './service-members.js';
import { sliceLabels } from './slice-labels.js';

/** Zone of a node, `''` for none; undefined if there is no such node. */
export type ZoneOf = (nodeName: string) => string | undefined;

/**
 * What the slices of one version of a Service say and what they should say, kept up to date change by change: the
 * original compares all pods with all slices in every sync.
 */
export class SliceBook {
  readonly service: Service;
  /** The labels that its slices should have. */
  readonly labels: Labels;
  private readonly zoneOf: ZoneOf;
  private readonly byPorts: Map<string, PortGroup>;
  private readonly byShape: Map<PodShape, PortGroup>;
  private readonly sheets: Map<number, Sheet>;
  private readonly placeOf: Map<number, Place>;
  /** Places of pods whose node was unknown when it was looked up last. */
  private readonly astray: Set<Place>;
  private nextOrder: number;

  constructor(service: Service, zoneOf: ZoneOf) {
    this.service = service;
    this.labels = sliceLabels(service);
    this.zoneOf = zoneOf;
    this.byPorts = new Map();
    this.byShape = new Map();
    this.sheets = new Map();
    this.placeOf = new Map();
    this.astray = new Set();
    this.nextOrder = 0;
  }

  get groups(): Iterable<PortGroup> {
    return this.byPorts.values();
  }

  /** Of pods by identity. */
  get places(): ReadonlyMap<number, Place> {
    return this.placeOf;
  }

  get sliceCount(): number {
    return this.sheets.size;
  }

  /** The Service has this pod, or another version of it. */
  putPod(member: Member): void {
    const { id, spec } = member.pod;
    if (!hasEndpoint(member.pod)) {
      this.removePod(id);
      return;
    }
    const group = this.groupOfShape(spec.shape);
    let place = this.placeOf.get(id);
    if (place !== undefined && place.group !== group) {
      this.removePod(id);
      place = undefined;
    }
    if (place === undefined) {
      place = { member, group, endpoint: undefined, sheet: undefined };
      this.placeOf.set(id, place);
      group.pods++;
    }
    place.member = member;
    this.look(place);
  }

  /** The Service has this pod no more. */
  removePod(id: number): void {
    const place = this.placeOf.get(id);
    if (place === undefined) return;
    place.group.want(place, undefined);
    place.group.pods--;
    this.placeOf.delete(id);
    this.astray.delete(place);
  }

  /** The node of this pod is not what it was. */
  nodeChanged(podId: number): void {
    const place = this.placeOf.get(podId);
    if (place !== undefined) this.look(place);
  }

  /** Looks for nodes that were unknown once more; those still are whose places are returned. */
  lookAgain(): ReadonlySet<Place> {
    for (const place of this.astray) this.look(place);
    return this.astray;
  }

  private look(place: Place): void {
    const { pod } = place.member;
    const { spec } = this.service;
    const zone = this.zoneOf(pod.spec.nodeName);
    if (zone === undefined) this.astray.add(place);
    else this.astray.delete(place);
    const left = zone === undefined && !spec.publishNotReadyAddresses;
    place.group.want(place, left ? undefined : endpointOf(pod, zone ?? '', spec));
  }

  /** The Service has this slice, or another version of it. */
  putSlice(slice: EndpointSlice): void {
    const known = this.sheets.get(slice.id);
    const group = this.groupOf(slice.spec.ports);
    const sheet = known ?? { order: this.nextOrder++, slice, group };
    if (known !== undefined) this.release(known);
    if (known === undefined || known.group !== group) {
      known?.group.remove(known);
      group.add(sheet);
    }
    sheet.slice = slice;
    sheet.group = group;
    group.dirty.add(sheet);
    this.sheets.set(slice.id, sheet);
  }

  /** The Service has this slice no more. */
  removeSlice(id: number): void {
    const sheet = this.sheets.get(id);
    if (sheet === undefined) return;
    this.release(sheet);
    sheet.group.remove(sheet);
    this.sheets.delete(id);
  }

  private release(sheet: Sheet): void {
    for (const { podId } of sheet.slice.spec.endpoints) {
      const place = this.placeOf.get(podId);
      if (place?.sheet !== sheet) continue;
      place.sheet = undefined;
      place.group.waiting.add(place);
    }
  }

  private groupOfShape(shape: PodShape): PortGroup {
    let group = this.byShape.get(shape);
    if (group === undefined) {
      group = this.groupOf(endpointPorts(this.service.spec, shape));
      this.byShape.set(shape, group);
    }
    return group;
  }

  private groupOf(ports: readonly EndpointPort[]): PortGroup {
    const key = portsKey(ports);
    let group = this.byPorts.get(key);
    if (group === undefined) {
      group = new PortGroup(ports);
      this.byPorts.set(key, group);
    }
    return group;
  }
}
