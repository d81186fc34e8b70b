// The lab in a real browser: accessible, light until it is asked to run, moved by keyboard, run to its end, stopped.
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { plantStarter } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import { type RunningSearch, standardAttention } from '@offprint/discovery';
import { experiments } from '@offprint/lab/browser';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetUrl } from '../../assets.ts';
import { type RunningServer, startServer } from '../../server.ts';
import { createSite } from '../../site.ts';
import { runPaper, testLab } from '../../testing/lab.ts';
import {
  breakAWorkerOnce,
  differences,
  keepWhatWorkersMeasure,
  type Measured,
  measuredSchema,
  runInNode,
} from '../../testing/lab-runs.ts';
import { openTestSearch } from '../../testing/search.ts';

const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const built = assetUrl('client/lab.ts') !== '/assets/client/lab.ts';
const missing =
  executable === undefined
    ? 'no chromium is installed (apt-get install chromium)'
    : built
      ? undefined
      : 'the scripts are not built (npm run build)';
if (missing !== undefined) console.warn(`Skipping the browser tests of the lab: ${missing}.`);

const phone = { width: 390, height: 844 };
const wide = { width: 1280, height: 900 };
/** The paper whose controls are a curve and a choice, and whose short run takes long enough to be stopped. */
const curvePaper = '2408.11029';
/** One whose curve grows while it runs. */
const streamingPaper = '2410.05192';

const lossCurves = experiments.some(({ claim }) => claim.paper.id === curvePaper);

let database: TestDatabase;
let search: RunningSearch;
/** With this installation's own experiments. */
let own: RunningServer;
/** With the lab for tests, which has a stored result. */
let tests: RunningServer;
let browser: Browser;

describe.skipIf(missing !== undefined)('the lab in a browser', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    await plantStarter(database.db);
    search = await openTestSearch(database);
    const deps = {
      db: database.db,
      calendar: { zone: 'America/New_York', opensAt: '21:30' },
      now: () => Temporal.Instant.from('2026-02-11T17:00:00Z'),
      publicUrl: 'http://127.0.0.1',
      requestIndexing: async () => 'queued' as const,
      trending: standardAttention,
      search,
    };
    const serve = (app: ReturnType<typeof createSite>) => startServer({ app, host: '127.0.0.1', port: 0 });
    own = await serve(createSite(deps, { rateLimit: false }));
    tests = await serve(
      createSite(
        { ...deps, lab: testLab({ notes: '## Found\n\n| a | b |\n|-|-|\n| 1 | 2 |\n' }) },
        { rateLimit: false },
      ),
    );
    browser = await chromium.launch({
      ...(executable === undefined ? {} : { executablePath: executable }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await own?.close(1000);
    await tests?.close(1000);
    await search?.close();
    await database?.close();
  });

  /** A fresh page; what it asks of others, what it sends, and what the browser complains about is collected. */
  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(own.url) && !request.url().startsWith(tests.url))
        complaints.push(`foreign: ${request.url()}`);
      if (request.method() !== 'GET') complaints.push(`${request.method()} ${request.url()}`);
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    return { page, complaints };
  }

  it.each([
    ['own', '/lab'],
    ['own', '/lab/about'],
    ['own', `/papers/${curvePaper}`],
    ['tests', '/lab?verdict=confirmed'],
    ['tests', `/papers/${runPaper}`],
    ['tests', '/date/2026-02-06'],
  ])(
    'gives axe nothing to find and never scrolls sideways: %s %s',
    async (whose, path) => {
      const { page, complaints } = await open();
      await page.goto((whose === 'own' ? own.url : tests.url) + path);
      for (const summary of await page.locator('.trial details > summary').all()) await summary.click();
      for (const [colorScheme, viewport] of [
        ['light', wide],
        ['dark', phone],
      ] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize(viewport);
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
        const where = `${colorScheme} ${viewport.width}`;
        expect(violations.map(({ id, nodes }) => `${where} ${id}: ${nodes[0]?.html}`)).toEqual([]);
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow, where).toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    240_000,
  );

  it.skipIf(!lossCurves)(
    'loads a few kilobytes of script until it is asked to run',
    async () => {
      const { page } = await open();
      const scripts: { url: string; bytes: number }[] = [];
      page.on('response', async (response) => {
        if (response.url().endsWith('.js'))
          scripts.push({ url: response.url(), bytes: (await response.body()).byteLength });
      });
      await page.goto(`${own.url}/papers/${curvePaper}`);
      await page.waitForLoadState('networkidle');
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(12_000);
      expect(scripts.filter(({ url }) => /render-plot|experiment|worker|dist-/.test(url))).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it.skipIf(!lossCurves)(
    'redraws as a control is moved by keyboard, and puts it into the address',
    async () => {
      const { page, complaints } = await open({ viewport: phone });
      await page.goto(`${own.url}/papers/${curvePaper}`);
      const figures = page.locator('[data-lab-figures]');
      const before = await figures.textContent();
      const slider = page.locator('.controls input[type="range"]').last();
      await slider.focus();
      // The submit button goes once the page draws by itself.
      await page.locator('.controls button').waitFor({ state: 'hidden' });
      await slider.press('ArrowRight');
      await slider.press('ArrowRight');
      await expect.poll(() => figures.textContent()).not.toBe(before);
      await expect.poll(() => page.url()).toContain('try=1');
      expect(await page.locator('.curve-pad').count()).toBe(1);
      const moved = await figures.textContent();
      await page.reload();
      expect((await figures.locator('figcaption').first().textContent()) ?? '').not.toBe('');
      await page.locator('.controls').hover();
      await page.locator('.controls button').waitFor({ state: 'hidden' });
      await expect.poll(() => figures.textContent()).toBe(moved);
      await page.getByText('Back to the beginning').click();
      await expect.poll(() => figures.textContent()).toBe(before);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it.skipIf(!lossCurves)(
    'draws a curve that is dragged',
    async () => {
      const { page } = await open({ viewport: wide });
      await page.goto(`${own.url}/papers/${curvePaper}`);
      await page.locator('.controls').hover();
      const pad = page.locator('.curve-pad');
      await pad.waitFor();
      await pad.scrollIntoViewIfNeeded();
      const box = await pad.boundingBox();
      if (box === null) throw new Error('The pad is not seen.');
      const first = page.locator('.controls input[type="range"]').first();
      const before = await first.inputValue();
      await page.mouse.move(box.x + 8, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + 8, box.y + box.height - 12, { steps: 4 });
      await page.mouse.up();
      expect(Number(await first.inputValue())).toBeLessThan(Number(before));
      await page.context().close();
    },
    120_000,
  );

  it('draws on the server without scripts', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.goto(`${tests.url}/papers/${runPaper}`);
    expect(await page.locator('[data-lab-run-form]').isVisible()).toBe(false);
    expect(await page.locator('.terminal').isVisible()).toBe(true);
    await page.getByLabel('Shape').selectOption('square');
    await page.getByLabel('Show zero').uncheck();
    await page.getByRole('button', { name: 'Draw' }).click();
    await page.waitForURL(/try-shape=square/);
    expect(await page.locator('[data-lab-figures]').textContent()).toContain('square');
    expect(await page.locator('[data-lab-figures]').textContent()).toContain('Zero is hidden.');
    await page.context().close();
  }, 120_000);

  it.each(experiments.map((tried) => [tried.claim.paper.name, tried] as const))(
    'runs %s to its end, by the rule, without sending anything, and measures what Node measures',
    async (_, tried) => {
      const { id } = tried.claim.paper;
      const { page, complaints } = await open({ viewport: wide });
      await page.addInitScript(keepWhatWorkersMeasure);
      await page.goto(`${own.url}/papers/${id}`);
      await page.locator('#run-size').selectOption('smoke');
      await page.getByRole('button', { name: 'Run it here' }).click();
      const place = page.locator('[data-lab-run-place]');
      await place.locator('.run-verdict, .problem').first().waitFor({ timeout: 200_000 });
      expect(await place.locator('.problem').allTextContents()).toEqual([]);
      expect(await place.locator('.run-verdict').textContent()).toMatch(
        /By the rule, this run: (?:confirmed|refuted|undecided)/,
      );
      expect(await place.locator('.plot-drawing').count()).toBeGreaterThan(0);
      expect(await page.locator('[data-lab-run-form] button').textContent()).toBe('Run it again');
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('.run').analyze();
      expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([]);
      expect(complaints).toEqual([]);
      const measured = measuredSchema.parse(await page.evaluate('measured'));
      await page.context().close();
      const inNode = await runInNode(tried);
      expect(measured).toHaveLength(inNode.length);
      const theSame = (run: Measured) => inNode.find(({ arm, seed }) => arm === run.arm && seed === run.seed);
      expect(measured.flatMap((run) => differences(run, theSame(run)))).toEqual([]);
    },
    480_000,
  );

  it.skipIf(!lossCurves)(
    'draws nothing while nobody sees it, runs on, and catches up',
    async () => {
      const { page, complaints } = await open({ viewport: wide });
      await page.addInitScript(
        'globalThis.isHidden = false; Object.defineProperty(document, "hidden", { get: () => isHidden });',
      );
      await page.goto(`${own.url}/papers/${streamingPaper}`);
      await page.getByRole('button', { name: 'Run it here' }).click();
      const drawing = page.locator('[data-lab-run-place] .plot-drawing');
      await drawing.waitFor({ timeout: 120_000 });
      await page.evaluate('isHidden = true');
      // What was under way when the page was hidden is drawn still.
      await page.waitForTimeout(400);
      const before = await drawing.innerHTML();
      const line = page.locator('.run-line');
      const place = await line.textContent();
      await expect.poll(() => line.textContent(), { timeout: 60_000 }).not.toBe(place);
      await page.waitForTimeout(400);
      expect(await drawing.innerHTML()).toBe(before);
      await page.evaluate('isHidden = false; document.dispatchEvent(new Event("visibilitychange"))');
      await expect.poll(() => drawing.innerHTML(), { timeout: 60_000 }).not.toBe(before);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    240_000,
  );

  it.skipIf(!lossCurves)(
    'goes on in a fresh worker when one breaks down, and says what could not be run',
    async () => {
      const { page } = await open({ viewport: wide });
      let broken = 0;
      await page.exposeFunction('breakOnce', () => broken++ === 0);
      await page.addInitScript(breakAWorkerOnce);
      await page.goto(`${own.url}/papers/${curvePaper}`);
      await page.locator('#run-size').selectOption('smoke');
      await page.getByRole('button', { name: 'Run it here' }).click();
      const place = page.locator('[data-lab-run-place]');
      await place.locator('.run-verdict').waitFor({ timeout: 120_000 });
      expect(await place.locator('.problem').textContent()).toMatch(
        /^The worker that runs it broke down \(.*boom.*\)\. So .+, seed 1 could not be run: /,
      );
      expect(await place.locator('.run-line').textContent()).toMatch(/^2 runs /);
      await page.context().close();
    },
    240_000,
  );

  it.skipIf(!lossCurves)(
    'is stopped by its button and can be started again',
    async () => {
      const { page, complaints } = await open({ viewport: wide });
      await page.goto(`${own.url}/papers/${curvePaper}`);
      const button = page.getByRole('button', { name: 'Run it here' });
      await button.click();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText('Stopped. Nothing is kept of it.').waitFor();
      await expect.poll(() => page.workers().length).toBe(0);
      expect(await page.locator('[data-lab-run-form] button').isEnabled()).toBe(true);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it.skipIf(!lossCurves)(
    'says in one sentence why it cannot run',
    async () => {
      const { page } = await open({ viewport: wide });
      await page.route('**/lab/data/**', (route) =>
        route.fulfill({ status: 404, json: { error: 'The data set is not installed: install it.' } }),
      );
      await page.goto(`${own.url}/papers/${curvePaper}`);
      await page.locator('#run-size').selectOption('smoke');
      await page.getByRole('button', { name: 'Run it here' }).click();
      await page.locator('.problem').waitFor({ timeout: 60_000 });
      expect(await page.locator('.problem').textContent()).toContain(
        'The data set is not installed: install it.',
      );
      const { page: bare } = await open({ viewport: wide });
      await bare.addInitScript('delete globalThis.WebAssembly');
      await bare.goto(`${own.url}/papers/${curvePaper}`);
      await bare.getByRole('button', { name: 'Run it here' }).click();
      await bare.locator('.problem').waitFor();
      expect(await bare.locator('.problem').textContent()).toContain('This browser has no WebAssembly');
      await page.context().close();
      await bare.context().close();
    },
    120_000,
  );
});
