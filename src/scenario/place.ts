/** Where in a file something was said; for messages about what only a run can find out. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Path of keys within the document: `timeline[2].scale`. */
  readonly path: string;
}
