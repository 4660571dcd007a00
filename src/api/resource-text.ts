import { Quantity, type QuantityFormat } from './quantity.js';
import type { Resources } from './resources.js';

const NANOS_PER_UNIT = 1_000_000_000n;
const NANOS_PER_MILLI = 1_000_000n;

/** Resources as a manifest writes them; those that are zero are left out. */
export function resourceTexts(resources: Resources): Record<string, string> {
  const texts: Record<string, string> = {};
  const put = (name: string, amount: number, nanos: bigint, format: QuantityFormat): void => {
    if (amount !== 0) texts[name] = new Quantity(BigInt(amount) * nanos, format).canonical();
  };
  put('cpu', resources.milliCpu, NANOS_PER_MILLI, 'DecimalSI');
  put('memory', resources.memory, NANOS_PER_UNIT, 'BinarySI');
  put('ephemeral-storage', resources.ephemeralStorage, NANOS_PER_UNIT, 'BinarySI');
  put('pods', resources.pods, NANOS_PER_UNIT, 'DecimalSI');
  for (const [name, amount] of resources.extended) put(name, amount, NANOS_PER_UNIT, 'DecimalSI');
  return texts;
}
