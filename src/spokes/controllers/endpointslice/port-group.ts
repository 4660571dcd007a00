import type { Endpoint, EndpointPort, EndpointSlice } from '../../../api/endpoint-slice.js';
import { sameEndpoint } from './endpoint.js';
import type { Member } from './service-members.js';

/** A pod that runs, and so belongs into a slice. */
export interface Place {
  member: Member;
  readonly group: PortGroup;
  /** What a slice should say of it; undefined where its node is unknown. */
  endpoint: Endpoint | undefined;
  /** The slice that it is taken to be in: the first that lists it. */
  sheet: Sheet | undefined;
}

/** A slice of the Service in its newest version. */
export interface Sheet {
  /** A slice that came to the Service earlier has a lower number. */
  readonly order: number;
  slice: EndpointSlice;
  group: PortGroup;
}

/** Endpoints with the same ports: each such group has slices of its own. */
export class PortGroup {
  private readonly podPorts: readonly EndpointPort[];
  /** In order. */
  private sheets: Set<Sheet>;
  /** Those that may have to be written; a slice that lists a pod whose place is not in it always may. */
  readonly dirty: Set<Sheet>;
  /** Places with an endpoint that are in no slice. */
  readonly waiting: Set<Place>;
  /** How many pods have a place here. */
  pods: number;

  constructor(podPorts: readonly EndpointPort[]) {
    this.podPorts = podPorts;
    this.sheets = new Set();
    this.dirty = new Set();
    this.waiting = new Set();
    this.pods = 0;
  }

  /** In order of their arrival. */
  get slices(): ReadonlySet<Sheet> {
    return this.sheets;
  }

  /** Lists that differ in their order alone are the same group: the one of the first slice counts. */
  get ports(): readonly EndpointPort[] {
    for (const { slice } of this.sheets) return slice.spec.ports;
    return this.podPorts;
  }

  /** Whether there may be something to write. */
  get isActive(): boolean {
    return this.pods === 0 ? this.sheets.size > 0 : this.dirty.size > 0 || this.waiting.size > 0;
  }

  /** This is what a slice should say of a pod from now on; undefined: none should list it. */
  want(place: Place, endpoint: Endpoint | undefined): void {
    const { endpoint: before, sheet } = place;
    if (before !== undefined && endpoint !== undefined && sameEndpoint(before, endpoint)) return;
    place.endpoint = endpoint;
    if (sheet !== undefined) this.dirty.add(sheet);
    if (endpoint === undefined) {
      place.sheet = undefined;
      this.waiting.delete(place);
    } else if (before === undefined) this.waiting.add(place);
  }

  /** One that has had other ports may be older than those that are here. */
  add(sheet: Sheet): void {
    this.sheets = new Set([...this.sheets, sheet].sort((a, b) => a.order - b.order));
  }

  remove(sheet: Sheet): void {
    this.sheets.delete(sheet);
    this.dirty.delete(sheet);
  }
}
