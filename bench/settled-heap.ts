import { shippedSimulation } from './shipped.js';

/** Bytes in use after a collection, buffers included. Needs `node --expose-gc`. */
export function bytesInUse(): number {
  // What one collection makes weakly reachable goes with the next.
  for (let collection = 0; collection < 3; collection++) globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What a simulation keeps when it has come to its end. */
export function bytesOf(scenario: string, settings: readonly string[]): number {
  const before = bytesInUse();
  const simulation = shippedSimulation(scenario, settings);
  simulation.run();
  const bytes = bytesInUse() - before;
  // It must live until here, or there would be nothing to weigh.
  if (simulation.engine.eventsExecuted === 0) throw new Error('nothing ran');
  return bytes;
}
