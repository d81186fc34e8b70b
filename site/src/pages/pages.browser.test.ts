// The pages in a real browser: accessible in both schemes and on any width, usable by keyboard, whole without a
// script, and asking no other host for anything.
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { plantStarter, saveTopic, storePage } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import { type RunningSearch, standardAttention } from '@offprint/discovery';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetUrl } from '../assets.ts';
import { type RunningServer, startServer } from '../server.ts';
import { createSite } from '../site.ts';
import { openTestSearch } from '../testing/search.ts';

const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const built = assetUrl('style/offprint.css') !== '/assets/style/offprint.css';
const missing =
  executable === undefined
    ? 'no chromium is installed (apt-get install chromium)'
    : built
      ? undefined
      : 'the style sheet is not built (npm run build)';
if (missing !== undefined) console.warn(`Skipping the browser tests of the pages: ${missing}.`);

const pages = [
  '/',
  '/date/2026-02-06',
  '/date/2026-02-07',
  '/date/2026-02-10?show=replacements&exclude=cs.CV',
  '/week/2026-W07',
  '/month/2026-02',
  '/trending',
  '/about',
  '/about/search',
  '/about/trending',
  '/status',
  '/search',
  '/search?q=formula+cat:cs.LG&explain=1',
  '/search?q=nothinglikethis',
  '/similar',
  '/similar?like=2602.00001&like=2602.00002',
  '/topics',
  '/topics/formulas',
  '/papers/2306.14544',
  '/papers/2602.00001',
  '/papers/2401.99999',
  '/papers/nonsense',
  '/date/2027-01-01',
];
const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

let database: TestDatabase;
let search: RunningSearch;
let server: RunningServer;
let origin: string;
let browser: Browser;

describe.skipIf(missing !== undefined)('the pages in a browser', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    const { db } = database;
    await plantStarter(db);
    await storePage(db, {
      source: 'import',
      records: Array.from({ length: 12 }, (_, i) => ({
        id: `2602.000${String(i).padStart(2, '0')}`,
        title: `Paper ${i} on $\\mathbb{R}^${i}$`,
        abstract:
          'A sentence with a formula $\\sum_{i=1}^n \\frac{x_i}{n}$ and words. '.repeat(9) +
          '$$\\int_0^1 f(x)\\,dx = \\lim_{n\\to\\infty} \\frac1n \\sum_{k=1}^n f(k/n) + \\mathcal{O}(n^{-2}) + \\cdots$$',
        authors: [{ name: 'A. Author' }, { name: 'B. Author' }],
        categories: ['cs.LG', 'math.OC'],
        primaryCategory: 'cs.LG',
        publishedAt: '2026-02-09T00:00:00.000Z',
        versions: [{ number: 1, submittedAt: '2026-02-09T00:00:00.000Z', sizeBytes: 12_345 }],
        licence: 'http://creativecommons.org/licenses/by/4.0/',
        links: [{ kind: 'code' as const, url: 'https://code.example/x', stars: 1234 }],
        summaries: [{ kind: 'upstream' as const, body: 'What others say.', keywords: ['one', 'two'] }],
        upvotes: i,
        commentCount: 1,
        listings: [
          {
            day: '2026-02-10',
            feed: 'daily' as const,
            announce: i === 11 ? ('replace' as const) : ('new' as const),
          },
        ],
      })),
    });
    await saveTopic(db, { slug: 'formulas', title: 'Formulas', query: 'formula', examples: ['2602.00001'] });
    search = await openTestSearch(database);
    const deps = {
      db,
      calendar: { zone: 'America/New_York', opensAt: '21:30' },
      now: () => Temporal.Instant.from('2026-02-11T17:00:00Z'),
      publicUrl: 'http://127.0.0.1',
      requestIndexing: async () => 'queued' as const,
      trending: standardAttention,
      search,
    };
    server = await startServer({ app: createSite(deps, { rateLimit: false }), host: '127.0.0.1', port: 0 });
    origin = server.url;
    browser = await chromium.launch({
      ...(executable === undefined ? {} : { executablePath: executable }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close(1000);
    await search?.close();
    await database?.close();
  });

  /** A fresh page; what it asks other hosts for and what the browser complains about is collected. */
  async function open(
    options: BrowserContextOptions = {},
  ): Promise<{ readonly page: Page; readonly complaints: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) complaints.push(`foreign: ${request.url()}`);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    return { page, complaints };
  }

  // Every rule in two opposite corners; in the other two what their corner alone can spoil.
  const corners = [
    { colorScheme: 'light', viewport: wide, rules: [] },
    { colorScheme: 'dark', viewport: phone, rules: [] },
    { colorScheme: 'dark', viewport: wide, rules: ['color-contrast'] },
    {
      colorScheme: 'light',
      viewport: phone,
      rules: ['color-contrast', 'scrollable-region-focusable', 'target-size'],
    },
  ] as const;

  it.each(pages)(
    'give axe nothing to find, load nothing foreign, never scroll sideways: %s',
    async (path) => {
      const { page, complaints } = await open();
      await page.goto(origin + path);
      for (const { colorScheme, viewport, rules } of corners) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize(viewport);
        const axe = new AxeBuilder({ page }).setLegacyMode(true);
        const { violations } = await (rules.length === 0 ? axe : axe.withRules([...rules])).analyze();
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
    120_000,
  );

  it('are walked, opened and left by keyboard', async () => {
    const { page } = await open({ viewport: wide });
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    await page.goto(`${origin}/date/2026-02-10`);
    await page.keyboard.press('j');
    expect(await focused()).toContain('Paper 10');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await focused()).toContain('Paper 9');
    await page.keyboard.press('o');
    await page.waitForURL(/\/papers\//);
    await page.goBack();
    await page.keyboard.press('p');
    await page.waitForURL(/\/date\/2026-02-06/);
    await page.keyboard.press('n');
    await page.waitForURL(/\/date\/2026-02-10/);
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.waitForURL(`${origin}/`);
    await page.context().close();
  });

  it('list their keys in a dialog that closes again, and leave typing alone', async () => {
    const { page } = await open({ viewport: wide });
    await page.goto(`${origin}/date/2026-02-10`);
    const dialog = page.locator('#keys');
    await page.keyboard.press('?');
    expect(await dialog.isVisible()).toBe(true);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    await page.locator('#q').focus();
    await page.keyboard.type('j?2602.000001');
    expect(await page.locator('#q').inputValue()).toBe('j?2602.000001');
    expect(await dialog.isVisible()).toBe(false);
    await page.context().close();
  });

  it('are searched from anywhere by keyboard, with suggestions as one types', async () => {
    const { page, complaints } = await open({ viewport: phone });
    await page.goto(`${origin}/papers/2602.00001`);
    await page.keyboard.press('/');
    await page.keyboard.type('Paper 1');
    const box = page.locator('#q');
    const options = page.locator('#suggestions [role="option"]');
    await options.first().waitFor();
    expect(await box.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('[aria-selected="true"]').count()).toBe(0);
    await page.keyboard.press('ArrowDown');
    expect(await box.getAttribute('aria-activedescendant')).toBe('suggestion-0');
    expect(await options.first().getAttribute('aria-selected')).toBe('true');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.keyboard.press('ArrowUp');
    expect(await box.getAttribute('aria-activedescendant')).toBeNull();
    await page.keyboard.press('ArrowUp');
    expect(await box.getAttribute('aria-activedescendant')).toBe(`suggestion-${(await options.count()) - 1}`);
    await page.keyboard.press('Escape');
    expect(await page.locator('#suggestions').isVisible()).toBe(false);
    expect(await box.inputValue()).toBe('Paper 1');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\?q=Paper\+1/);
    expect(await page.locator('#q').inputValue()).toBe('Paper 1');
    await page.keyboard.press('/');
    await page.keyboard.type('A. Auth');
    await page.locator('#suggestions [role="option"]').first().click();
    await page.waitForURL(/\/search\?q=author:%22A\.\+Author%22/);
    await page.keyboard.press('/');
    await page.keyboard.type('Paper 10');
    await options.first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/papers\/2602\.00010/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('are whole without JavaScript: abstracts open, filters filter, search finds, unknown papers can be asked for', async () => {
    const { page } = await open({ javaScriptEnabled: false, viewport: phone });
    await page.goto(`${origin}/date/2026-02-10`);
    const card = page.locator('.card').first();
    await card.locator('.abstract summary').click();
    expect(await card.locator('.abstract details p').first().isVisible()).toBe(true);
    await page.locator('.more-filters summary').click();
    await page.locator('input[name="exclude"]').fill('cs.LG');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/exclude=cs\.LG/);
    expect(await page.locator('.card').count()).toBe(0);
    await page.locator('#q').fill('formula');
    await page.locator('#q').press('Enter');
    await page.waitForURL(/\/search\?q=formula/);
    expect(await page.locator('mark').first().isVisible()).toBe(true);
    await page.locator('#q').fill('arXiv:2401.99999');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/\/papers\/2401\.99999/);
    await page.getByRole('button', { name: 'Index this paper' }).click();
    expect(await page.locator('main').textContent()).toContain('It has been asked for');
    await page.context().close();
  });
});
