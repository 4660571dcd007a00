import { readFileSync } from 'node:fs';

/** The version in hubsim's own package.json. */
export function hubsimVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
