import type { Patch } from '../../api/patch.js';
import type { ObjectName } from '../object-name.js';
import type { Place } from '../place.js';
import type { Action } from './action.js';
import { PlacedPatch } from './placed-patch.js';
import type { Stage } from './stage.js';
import { objectText } from './step-keys.js';

/** Somebody changes one object. */
export class ObjectChange implements Action {
  readonly isOrder: boolean = true;
  private readonly target: ObjectName;
  private readonly change: Patch;

  constructor(target: ObjectName, change: Patch) {
    this.target = target;
    this.change = change;
  }

  get text(): string {
    return `change ${objectText(this.target)}`;
  }

  perform({ cluster }: Stage, place: Place): void {
    const { kind, namespace, name } = this.target;
    cluster.user.change(kind, namespace, name, new PlacedPatch(this.change, place));
  }
}
