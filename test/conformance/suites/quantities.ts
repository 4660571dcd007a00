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
    value: int64Text(quantity.value()),
    milliValue: int64Text(quantity.milliValue()),
  };
}

/** Decimal text of what fits into 64 bits; the vectors leave out the rest. */
function int64Text(value: bigint): string | undefined {
  return BigInt.asIntN(64, value) === value ? String(value) : undefined;
}
