import { InputError } from '../../../src/api/input-error.js';
import { Quantity } from '../../../src/api/quantity.js';
import type { Case, Suite } from '../suite.js';

export const quantities: Suite = { name: 'quantities', answer };

function answer({ tags, input }: Case): unknown {
  if (tags[0] === 'arith') {
    const { a, b } = input as { a: string; b: string };
    return arithmetic(Quantity.parse(a), Quantity.parse(b));
  }
  try {
    return parsed(Quantity.parse((input as { text: string }).text));
  } catch (error) {
    if (error instanceof InputError) return { error: true };
    throw error;
  }
}

function arithmetic(a: Quantity, b: Quantity): unknown {
  return { compare: a.compare(b), sum: a.add(b).canonical(), difference: a.subtract(b).canonical() };
}

function parsed(quantity: Quantity): unknown {
  return {
    error: false,
    canonical: quantity.canonical(),
    text: quantity.toString(),
    inResourceList: quantity.roundedToMilli().toString(),
    format: quantity.format,
    sign: quantity.sign,
    value: int64Text(quantity.value(), quantity.nanos / 1_000_000_000n),
    milliValue: int64Text(quantity.milliValue(), quantity.nanos / 1_000_000n),
  };
}

/** Decimal text of what fits into 64 bits; the vectors leave out the rest, also where Go's accessor wraps around. */
function int64Text(value: bigint, exact: bigint): string | undefined {
  return fitsInt64(value) && fitsInt64(exact) ? String(value) : undefined;
}

function fitsInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}
