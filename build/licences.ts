import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licences of all packages that some of these modules come from, one after the other. */
export function licences(modules: readonly string[], top: string): string {
  const packages = new Set<string>();
  for (const path of modules) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll('\\', '/'));
    if (found !== null) packages.add(found[1]!);
  }
  const texts = [...packages].sort().map((path) => licenceOf(join(top, path)));
  return `The files beside this one contain the following packages.\n\n${texts.join(`\n${'-'.repeat(72)}\n\n`)}`;
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version}, ${license ?? 'see below'}\n${text}`;
}
