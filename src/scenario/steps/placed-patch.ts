import { InputError } from '../../api/input-error.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { Place } from '../place.js';

/** A change that names its place in the scenario when the object is found not to take it. */
export class PlacedPatch implements Patch {
  private readonly change: Patch;
  private readonly place: Place;

  constructor(change: Patch, place: Place) {
    this.change = change;
    this.place = place;
  }

  get bytes(): number | undefined {
    return this.change.bytes;
  }

  apply(current: ApiObject): ApiObject {
    try {
      return this.change.apply(current);
    } catch (error) {
      throw error instanceof InputError ? error.at(this.place) : error;
    }
  }
}
