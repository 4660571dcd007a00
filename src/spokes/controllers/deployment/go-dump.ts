import { Quantity } from '../../../api/quantity.js';
import { POD_TEMPLATE_TYPES } from './pod-template-types.js';

type Json = Readonly<Record<string, unknown>>;

interface Field {
  readonly name: string;
  /** Name in JSON, `~` for a field whose own fields stand in the parent. */
  readonly key: string;
  readonly type: string;
}

const TYPES: ReadonlyMap<string, readonly Field[]> = readTypes(POD_TEMPLATE_TYPES);

/**
 * Prints a pod template as Go's spew prints the struct (`%#v`, pointers followed, map keys sorted), which is what
 * Kubernetes hashes (k8s.io/utils/dump ForHash). Empty lists and maps print as nil, as they arrive from the server.
 */
export class GoDump {
  podTemplate(template: Json): string {
    return this.#typed('v1.PodTemplateSpec', template);
  }

  #typed(type: string, value: unknown): string {
    return `(${type})${this.#value(type, value)}`;
  }

  #value(type: string, value: unknown): string {
    if (type.startsWith('*'))
      return value === undefined || value === null ? '<nil>' : this.#value(type.slice(1), value);
    if (type.startsWith('[]')) return this.#list(type.slice(2), value as readonly unknown[] | undefined);
    if (type === 'map[string]string') return this.#map('string', value as Json | undefined);
    if (type === 'v1.ResourceList') return this.#map('resource.Quantity', value as Json | undefined);
    if (type === 'resource.Quantity') return quantity(`${value ?? '0'}`);
    if (type === 'intstr.IntOrString') return intOrString(value);
    if (type === 'v1.Time') return '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}';
    if (type === 'bool') return `${value ?? false}`;
    if (type === 'int32' || type === 'int64') return `${value ?? 0}`;
    const fields = TYPES.get(type);
    return fields === undefined ? `${value ?? ''}` : this.#struct(fields, (value ?? {}) as Json);
  }

  #struct(fields: readonly Field[], value: Json): string {
    const parts = fields.map(({ name, key, type }) => `${name}:${this.#typed(type, key === '~' ? value : value[key])}`);
    return `{${parts.join(' ')}}`;
  }

  #list(type: string, values: readonly unknown[] | undefined): string {
    if (values === undefined || values === null || values.length === 0) return '<nil>';
    return `[${values.map((each) => this.#value(type, each)).join(' ')}]`;
  }

  #map(type: string, values: Json | undefined): string {
    const keys = Object.keys(values ?? {}).sort();
    if (values === undefined || keys.length === 0) return '<nil>';
    return `map[${keys.map((key) => `${key}:${this.#value(type, values[key])}`).join(' ')}]`;
  }
}

function readTypes(text: string): ReadonlyMap<string, readonly Field[]> {
  const types = new Map<string, Field[]>();
  let fields: Field[] = [];
  for (const token of text.trim().split(/\s+/)) {
    const colon = token.indexOf(':');
    if (colon < 0) {
      fields = [];
      types.set(token, fields);
      continue;
    }
    const [name = '', key = name.charAt(0).toLowerCase() + name.slice(1)] = token.slice(0, colon).split('=');
    fields.push({ name, key, type: token.slice(colon + 1) });
  }
  return types;
}

function intOrString(value: unknown): string {
  const text = typeof value === 'string';
  return `{Type:(intstr.Type)${Number(text)} IntVal:(int32)${text ? 0 : (value ?? 0)} StrVal:(string)${text ? value : ''}}`;
}

/** The inside of a resource.Quantity: a scaled 64-bit integer, or a decimal in 64-bit words when that is too narrow. */
function quantity(text: string): string {
  const parsed = Quantity.parse(text);
  const tail = `Format:(resource.Format)${parsed.format}`;
  if (parsed.wide) {
    const decimal = `{unscaled:(big.Int)${bigInt(parsed.nanos)} scale:(inf.Scale)9}`;
    return `{i:${amount(0n, 0)} d:(resource.infDecAmount){Dec:(*inf.Dec)${decimal}} s:(string) ${tail}}`;
  }
  const scale = parsed.format === 'BinarySI' || text === '0' ? 0 : decimalScale(text);
  const value = scale >= -9 ? parsed.nanos / 10n ** BigInt(scale + 9) : 0n;
  const shown = text === '0' ? '0' : (parsed.text ?? '');
  return `{i:${amount(value, scale)} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${shown} ${tail}}`;
}

function amount(value: bigint, scale: number): string {
  return `(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}}`;
}

const SUFFIX_SCALES: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/** Power of ten of a decimal quantity's last digit: -2 for `1.50`, -3 for `100m`, 3 for `1e3`. */
function decimalScale(text: string): number {
  const [, fraction = '', suffix = ''] = /^[+-]?[0-9]*(?:\.([0-9]*))?(.*)$/.exec(text) ?? [];
  return (SUFFIX_SCALES[suffix] ?? Number(suffix.slice(1))) - fraction.length;
}

function bigInt(value: bigint): string {
  const words: bigint[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 64n) words.push(BigInt.asUintN(64, rest));
  return `{neg:(bool)${value < 0n} abs:(big.nat)${words.length === 0 ? '<nil>' : `[${words.join(' ')}]`}}`;
}
