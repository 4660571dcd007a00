/** The object that an Event is about. */
export interface Involved {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Whose Events they are. */
export interface EventSource {
  readonly component: string;
  readonly host?: string;
}

/** What is told of an object. */
export interface Told {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** A recorder: a program, or its part on a host. */
export class Teller {
  readonly source: EventSource;
  private readonly infix: string;

  constructor(component: string, host?: string) {
    this.source = host === undefined ? { component } : { component, host };
    this.infix = `.${host ?? component}.`;
  }

  /** What it calls an Event: after its object and itself, and by number, where client-go takes the time. */
  nameOf(object: string, sequence: number): string {
    return object + this.infix + sequence.toString(16);
  }
}

/**
 * The fields of an Event beside its metadata, as a recorder writes them. Its name and namespace follow from them: there are
 * several Events for each pod, and to keep a name for each takes as much room as all the rest.
 */
export abstract class RecordedFields {
  readonly [field: string]: unknown;
  readonly #teller: Teller;
  readonly #sequence: number;

  constructor(teller: Teller, sequence: number) {
    this.#teller = teller;
    this.#sequence = sequence;
  }

  protected abstract get about(): Involved;

  protected get teller(): Teller {
    return this.#teller;
  }

  protected get sequence(): number {
    return this.#sequence;
  }

  get eventNamespace(): string {
    return this.about.namespace;
  }

  get eventName(): string {
    return this.#teller.nameOf(this.about.name, this.#sequence);
  }
}

/** Those of the core API, which repetitions are counted in (core/v1 Event). */
export class CoreEventFields extends RecordedFields {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly involvedObject: Involved;
  readonly source: EventSource;

  constructor({ type, reason, message }: Told, about: Involved, teller: Teller, sequence: number, count = 1) {
    super(teller, sequence);
    this.type = type;
    this.reason = reason;
    this.message = message;
    this.count = count;
    this.involvedObject = about;
    this.source = teller.source;
  }

  protected override get about(): Involved {
    return this.involvedObject;
  }

  /** The same, once more. */
  repeated(): CoreEventFields {
    return new CoreEventFields(this, this.involvedObject, this.teller, this.sequence, this.count + 1);
  }
}

/** Those of the API that the scheduler uses (events.k8s.io/v1 Event). */
export class SeriesEventFields extends RecordedFields {
  readonly type: string;
  readonly reason: string;
  readonly note: string;
  readonly regarding: Involved;

  constructor({ type, reason, message }: Told, about: Involved, teller: Teller, sequence: number) {
    super(teller, sequence);
    this.type = type;
    this.reason = reason;
    this.note = message;
    this.regarding = about;
  }

  protected override get about(): Involved {
    return this.regarding;
  }
}
