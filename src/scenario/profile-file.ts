import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Profile } from '../cluster/profile.js';
import { readProfile } from './profile-reader.js';

/** The profile of a name, from the files that come with hubsim. */
export function loadProfile(name: string): Profile {
  const file = fileURLToPath(new URL(`../../profiles/${name}.yaml`, import.meta.url));
  return readProfile(readFileSync(file, 'utf8'), file);
}
