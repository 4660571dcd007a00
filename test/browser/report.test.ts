import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Trace } from '../../src/engine/index.js';
import type { RunResult } from '../../src/measure/run-result.js';
import { reportHtml } from '../../src/report/html/report-html.js';
import type { RunOrigin } from '../../src/report/reported-run.js';
import { loadScenario } from '../../src/scenario/loader.js';
import { simulate } from '../../src/scenario/simulate.js';
import { syntheticResult } from '../unit/report/synthetic.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const ORIGIN: RunOrigin = {
  command: 'hubsim run x.yaml',
  version: '0.1.0',
  scenario: 'name: x\n# </script><script>fail()</script>\n',
  configuration: { 'cluster.scheduler.kubeApiQps': 50 },
};
const HOSTILE = '</script><img src=x onerror=fail()><b>\u202eeb\u0627\u0644';

/** A page with a report on it, and whatever the browser complained about. */
interface Opened {
  readonly page: Page;
  readonly complaints: string[];
}

describe.skipIf(CHROMIUM === undefined)('report.html in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hubsim-report-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox', '--disable-gpu'] });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(result: RunResult, width = 1200): Promise<Opened> {
    const file = join(folder, `${result.summary.name.replace(/\W/g, '')}.html`);
    writeFileSync(file, reportHtml(result, ORIGIN));
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: 'light' });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('request', (request) => request.url().startsWith('http') && complaints.push(request.url()));
    await page.goto(`file://${file}`);
    return { page, complaints };
  }

  const ran = (name: string): RunResult =>
    simulate(loadScenario(`scenarios/${name}.yaml`, { readFile: (path) => readFileSync(path, 'utf8') }));

  it('shows every section of a run of three pods, sorts, searches, scrubs and turns dark', async () => {
    const { page, complaints } = await open(ran('my-spring-app'));
    for (const id of ['headline', 'expectations', 'replay', 'timelines', 'workloads', 'scenario'])
      expect(await page.locator(`#${id}`).isVisible(), id).toBe(true);
    expect(await page.locator('#timelines figure').count()).toBeGreaterThan(6);
    const back = (): Promise<string> =>
      page.evaluate('getComputedStyle(document.body).backgroundColor') as Promise<string>;
    const light = await back();
    await page.click('#theme');
    expect(await back()).not.toBe(light);
    await page.locator('.scrub input').fill('0');
    expect(await page.locator('#replay-now').textContent()).toContain('0 running');
    await page.locator('.scrub input').fill('10000');
    expect(await page.locator('#replay-now').textContent()).toContain('3 running');
    await page.getByLabel('Back to the start (Home)').click();
    await page.getByLabel('One step on (right arrow)').click();
    expect(await page.locator('.time').textContent()).not.toBe('0:00.0000');
    expect(complaints).toEqual([]);
  });

  it('sorts and searches workloads, and shows any name as text', async () => {
    const result = syntheticResult(40);
    const names = ['alpha', 'beta', HOSTILE];
    const workloads = names.map((name, at) => ({ ...result.summary.convergence.workloads[0]!, name, desired: at }));
    const convergence = { ...result.summary.convergence, workloads };
    const summary = { ...result.summary, name: HOSTILE, convergence };
    const pods = { ...result.pods, name: result.pods.name.map(() => HOSTILE) };
    const { page, complaints } = await open({ ...result, question: HOSTILE, summary, pods });
    const shown = (): Promise<string[]> => page.locator('#workloads tbody td:nth-child(3)').allTextContents();
    await page.getByRole('button', { name: 'desired' }).click();
    expect(await shown()).toEqual([HOSTILE, 'beta', 'alpha']);
    await page.getByRole('button', { name: 'desired' }).click();
    expect(await shown()).toEqual(['alpha', 'beta', HOSTILE]);
    await page.getByLabel('Search workloads').fill('bet');
    expect(await shown()).toEqual(['beta']);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.question').textContent()).toBe(HOSTILE);
    // A click on the rim, above the hub, tells of a node and its pods.
    const stage = (await page.locator('.stage canvas').boundingBox())!;
    await page.locator('.scrub input').fill('10000');
    await page.locator('.stage canvas').click({ position: { x: stage.width * 0.515, y: stage.height * 0.17 } });
    await page.locator('.story button').first().click();
    expect(await page.locator('.story h3').textContent()).toBe(HOSTILE);
    expect(complaints).toEqual([]);
  });

  it('shows on a phone what every wait came to, and the way to every section', async () => {
    const scenario = loadScenario('scenarios/my-spring-app.yaml', { readFile: (path) => readFileSync(path, 'utf8') });
    const { page, complaints } = await open(simulate(scenario, { trace: new Trace() }), 390);
    const overflow = (selector: string): Promise<number> =>
      page.locator(selector).evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(await overflow('.scroll:has(> .causes)')).toBe(0);
    expect(await page.locator('.causes tbody tr:first-child td:last-child').textContent()).toMatch(/^\d+\.\d %$/);
    expect(await overflow('.bar nav')).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('replays 7,064 pods on 1,213 nodes, on a page of at most 3 MB that fits a phone', async () => {
    const result = ran('k8s-sims-1200');
    expect(reportHtml(result, ORIGIN).length).toBeLessThan(3e6);
    const { page, complaints } = await open(result, 390);
    await page.getByLabel('Play or pause (space)').click();
    const began = await page.locator('.time').textContent();
    await expect.poll(() => page.locator('.time').textContent(), { timeout: 5000 }).not.toBe(began);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    // A busy machine may hold it up for a moment: one second without is enough.
    const frames = `new Promise((done) => {
      const times = [];
      const next = (ms) => {
        times.push(ms);
        if (ms - times[0] < 500) requestAnimationFrame(next);
        else done((1000 * (times.length - 1)) / (ms - times[0]));
      };
      requestAnimationFrame(next);
    })`;
    await expect.poll(() => page.evaluate(frames), { timeout: 15_000 }).toBeGreaterThanOrEqual(30);
    expect(complaints).toEqual([]);
  });
});
