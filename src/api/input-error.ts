/** Where and what a mistake in the user's input is; every part may be unknown. */
export interface InputErrorDetail {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** Path within the document: `spec.template.spec.containers[0].resources.requests.cpu`. */
  readonly path?: string;
  /** The offending value. */
  readonly value?: unknown;
  /** One sentence saying what is allowed or what to do, often a did-you-mean. */
  readonly remedy?: string;
  /** More mistakes that were found at the same time. */
  readonly others?: readonly InputError[];
}

/** The user's mistake: something to correct in a file or on the command line, never a bug of hubsim. */
export class InputError extends Error {
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly path: string | undefined;
  readonly value: unknown;
  readonly remedy: string | undefined;
  readonly others: readonly InputError[];

  constructor(message: string, detail: InputErrorDetail = {}) {
    super(message);
    this.name = 'InputError';
    this.file = detail.file;
    this.line = detail.line;
    this.column = detail.column;
    this.path = detail.path;
    this.value = detail.value;
    this.remedy = detail.remedy;
    this.others = detail.others ?? [];
  }

  /** The same mistake, now that more is known of its place; what this error knows already is kept. */
  at(place: InputErrorDetail): InputError {
    return new InputError(this.message, { ...place, ...this.#detail() });
  }

  /** The same mistake together with others. */
  with(others: readonly InputError[]): InputError {
    return others.length === 0 ? this : new InputError(this.message, { ...this.#detail(), others });
  }

  #detail(): InputErrorDetail {
    return Object.fromEntries(Object.entries({ ...this }).filter(([, value]) => value !== undefined));
  }

  /** `file:line:column: path: message; remedy`, leaving out what is unknown; one line a mistake. */
  format(): string {
    return [this.#line(), ...this.others.map((other) => other.format())].join('\n');
  }

  #line(): string {
    const place = [this.file, this.line, this.column].filter((part) => part !== undefined).join(':');
    const parts = [place, this.path, this.message].filter((part) => part !== undefined && part !== '');
    return parts.join(': ') + (this.remedy === undefined ? '' : `; ${this.remedy}`);
  }
}
