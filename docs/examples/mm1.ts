// In a project of your own the three come from 'hubsim/engine' and 'hubsim'.
import { Engine } from '../../src/engine/index.js';
import { Exponential } from '../../src/random/exponential.js';
import { Streams } from '../../src/random/streams.js';

const streams = new Streams(42);
const drawing = (meanNs: number, name: string): (() => number) => {
  const [distribution, stream] = [new Exponential(meanNs), streams.stream(name)];
  return () => Math.round(distribution.sample(stream));
};
const pauseNs = drawing(1_000_000, 'arrivals');
const serviceNs = drawing(800_000, 'services');

const engine = new Engine();
const present: number[] = [];
let [served, spentNs] = [0, 0];
const arrival = engine.register('arrival', () => {
  if (present.push(engine.nowNs) === 1) engine.schedule(serviceNs(), departure);
  engine.schedule(pauseNs(), arrival);
});
const departure = engine.register('departure', () => {
  spentNs += engine.nowNs - present.shift()!;
  served++;
  if (present.length > 0) engine.schedule(serviceNs(), departure);
});
engine.schedule(0, arrival);
const end = engine.run(200_000_000_000);

console.log(`${end.reason} at ${engine.nowNs / 1e9} s after ${engine.eventsExecuted} events, ${engine.fingerprint()}`);
console.log(`${served} served, ${(spentNs / served / 1e6).toFixed(2)} ms each; theory says 4.00 ms`);
