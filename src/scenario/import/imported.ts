/** A file of the scenario that an import makes: its path within the scenario's directory, and its text. */
export interface ImportedFile {
  readonly path: string;
  readonly text: string;
}

/** A scenario made of somebody else's file, for the user to read and edit. */
export interface Imported {
  readonly files: readonly ImportedFile[];
  /** What was not understood or comes out differently: `file:line:column: path: message`. */
  readonly notes: readonly string[];
}

/** A file that was given to import. */
export interface GivenFile {
  readonly path: string;
  readonly text: string;
  /** The lines of the text, of which there may be more than a string can hold. */
  lines?(): Iterable<string>;
}
