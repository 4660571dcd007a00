import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';

const docs = new URL('../../../docs/', import.meta.url);

test('the plugin of docs/scheduler.md is docs/examples/power-plugin.ts and prints what the page shows', async () => {
  const page = readFileSync(new URL('scheduler.md', docs), 'utf8');
  const [code, output] = [...page.matchAll(/```(?:ts|text)\n(.*?)\n```/gs)].map((match) => match[1]);
  expect(readFileSync(new URL('examples/power-plugin.ts', docs), 'utf8')).toContain(code);
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
  await import('../../../docs/examples/power-plugin.js');
  vi.restoreAllMocks();
  expect(printed.join('\n')).toBe(output);
});
