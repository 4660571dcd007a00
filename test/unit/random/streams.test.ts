import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import { Streams } from '../../../src/random/streams.js';

test("a stream gives the numbers of seedrandom's alea for [seed, name]", () => {
  for (const seed of [42, 'forty-two', 2 ** 40, 0]) {
    const stream = new Streams(seed).stream('etcd/fsync');
    const alea = seedrandom.alea(JSON.stringify([seed, 'etcd/fsync']));
    for (let index = 0; index < 10_000; index++) expect(stream.uniform()).toBe(alea());
  }
});

test('a name has one stream, whoever asks, and streams do not notice each other', () => {
  const streams = new Streams(7);
  const alone = new Streams(7).stream('a');
  const stream = streams.stream('a');
  expect(streams.stream('a')).toBe(stream);
  for (let index = 0; index < 100; index++) {
    streams.stream(`other ${index}`).uniform();
    expect(stream.uniform()).toBe(alone.uniform());
  }
});

test('several of a name get names of their own', () => {
  const streams = new Streams(7);
  const names = ['wire', 'wire', 'fsync', 'wire'].map((name) => streams.unique(name));
  expect(names).toEqual(['wire', 'wire#2', 'fsync', 'wire#3']);
});

test('seeds and names do not run into each other', () => {
  const firsts = [
    new Streams(1).stream('2'),
    new Streams(12).stream(''),
    new Streams('1').stream('2'),
    new Streams('1,"2').stream(''),
    new Streams(1).stream('3'),
  ].map((stream) => stream.uniform());
  expect(new Set(firsts).size).toBe(firsts.length);
});

test('streams of neighbouring names are uncorrelated', () => {
  const streams = new Streams(42);
  const count = 20_000;
  for (let pair = 0; pair < 10; pair++) {
    const one = streams.stream(`node-${pair}`);
    const other = streams.stream(`node-${pair + 1}`);
    let sum = 0;
    for (let index = 0; index < count; index++) sum += (one.uniform() - 0.5) * (other.uniform() - 0.5);
    // The correlation of independent uniforms has the deviation 1/sqrt(n).
    expect(Math.abs((sum / count) * 12)).toBeLessThan(4 / Math.sqrt(count));
  }
});

test('below gives every integer under n alike', () => {
  const stream = new Streams(3).stream('dice');
  const counts = new Array<number>(6).fill(0);
  for (let index = 0; index < 60_000; index++) counts[stream.below(6)]! += 1;
  expect(counts).toHaveLength(6);
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});
