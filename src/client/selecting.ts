import type { LabelSelector } from '../api/label-selector.js';
import type { ApiObject } from '../api/object.js';

/** An object that chooses others by their labels. */
export type Selecting = ApiObject<{ readonly selector: LabelSelector }>;
