import type { ScenarioConfig } from '../scenario/config.js';
import { loadScenario } from '../scenario/loader.js';
import type { Setting } from '../scenario/setting.js';
import type { Bundle } from './outcome.js';

/** Characters of the texts that the kept variants may have been read from. */
const KEPT_MAX = 32e6;

/** Reads the variants of a scenario, each once if it can be kept: reading a small one takes a third of its run. */
export class ScenarioShelf {
  readonly #bundle: Bundle;
  readonly #kept: Map<string, ScenarioConfig>;
  readonly #room: number;

  constructor(bundle: Bundle) {
    const texts = Object.values(bundle.files);
    this.#bundle = bundle;
    this.#kept = new Map();
    this.#room = Math.floor(KEPT_MAX / texts.reduce((sum, { length }) => sum + length, 1));
  }

  /** The scenario with settings and seed. Throws InputError. */
  get(settings: readonly Setting[], seed: number): ScenarioConfig {
    const key = JSON.stringify(settings);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return { ...kept, seed };
    const scenario = loadScenario(this.#bundle.file, { readFile: (path) => this.#text(path), settings, seed });
    // A module of spokes may remember things: each run has its own.
    if (scenario.spokes.length === 0 && this.#kept.size < this.#room) this.#kept.set(key, scenario);
    return scenario;
  }

  #text(path: string): string {
    const { files } = this.#bundle;
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    if (text !== undefined) return text;
    throw Object.assign(new Error(`there is no file ${path}`), { code: 'ENOENT' });
  }
}
