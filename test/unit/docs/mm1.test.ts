import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';

const docs = new URL('../../../docs/', import.meta.url);

test('the example of docs/engine.md is docs/examples/mm1.ts and prints what the page shows', async () => {
  const page = readFileSync(new URL('engine.md', docs), 'utf8');
  const [code, output] = [...page.matchAll(/```(?:ts|text)\n(.*?)\n```/gs)].map((match) => match[1]);
  expect(readFileSync(new URL('examples/mm1.ts', docs), 'utf8')).toContain(code);
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
  await import('../../../docs/examples/mm1.js');
  vi.restoreAllMocks();
  expect(printed.join('\n')).toBe(output);
});
