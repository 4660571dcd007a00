import { InputError } from '../../../src/api/input-error.js';
import type { ScenarioConfig } from '../../../src/scenario/config.js';
import { loadScenario } from '../../../src/scenario/loader.js';

/** A Deployment that is fine. */
export const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: web:1
          resources: { requests: { cpu: 100m } }
`;

/** Loads `main.yaml` out of files that exist only here. */
export function load(files: Readonly<Record<string, string>>): ScenarioConfig {
  return loadScenario('main.yaml', { readFile: (path) => readFrom(files, path) });
}

/** The message of the mistake in `main.yaml`. */
export function mistake(files: Readonly<Record<string, string>>): string {
  try {
    load(files);
  } catch (error) {
    if (error instanceof InputError) return error.format();
    throw error;
  }
  throw new Error('nothing was wrong');
}

function readFrom(files: Readonly<Record<string, string>>, path: string): string {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error('not found'), { code: 'ENOENT' });
  return text;
}
