/** Something in a manifest that has no effect here; equal ones of a file are counted instead of repeated. */
export class Warning {
  readonly file: string;
  /** 1-based, of the first occurrence. */
  readonly line: number;
  readonly column: number;
  /** Path of the first occurrence within its document. */
  readonly path: string;
  readonly message: string;
  /** How many objects or fields it applies to. */
  readonly count: number;

  constructor(file: string, line: number, column: number, path: string, message: string, count: number) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.path = path;
    this.message = message;
    this.count = count;
  }

  /** `shop.yaml:12:5: spec.volumes[0].nfs is not modelled and has no effect (3 times)`. */
  format(): string {
    const times = this.count === 1 ? '' : ` (${this.count} times)`;
    return `${this.file}:${this.line}:${this.column}: ${this.path} ${this.message}${times}`;
  }
}
