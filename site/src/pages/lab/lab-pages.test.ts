// The lab's pages as a reader without scripts and a program get them.
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite } from '../../site.ts';
import { notRunPaper, runPaper, testLab } from '../../testing/lab.ts';
import { openTestSite, type TestSite } from '../../testing/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ rateLimit: false });
});
afterAll(() => site.close());

const page = async (path: string, app = site.app) => {
  const response = await app.request(path, { headers: { accept: 'text/html' } });
  const html = await response.text();
  return { status: response.status, headers: response.headers, html, text: textOf(parse(html)) };
};

/** What is read on a page, without markup. */
function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if (node.nodeName === 'script' || node.nodeName === 'head') return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join(' ').replace(/\s+/g, ' ') : '';
}

const with_ = (options: Parameters<typeof testLab>[0]) =>
  createSite({ ...site.deps, lab: testLab(options) }, { rateLimit: false });

describe('/lab', () => {
  it('lists all 39 papers in their order, each with its verdict or that it has none', async () => {
    const { html, text } = await page('/lab');
    expect(html.match(/class="trial-row/g)).toHaveLength(39);
    expect(text).toContain('1 verdict on 39 papers');
    expect(html.match(/class="verdict confirmed"/g)).toHaveLength(1);
    expect(html.match(/class="verdict not-run"/g)).toHaveLength(1);
    expect(html.match(/class="verdict not-tried"/g)).toHaveLength(37);
    expect(text).toContain('not tried yet');
  });

  it('says claim, number and interval of what was tried, as text and not as markup', async () => {
    const { html, text } = await page('/lab');
    expect(text).toContain('The walk of Walks ends above <b>zero</b> & stays there.');
    expect(html).not.toContain('<b>zero</b>');
    expect(text).toContain('2.00 steps');
    expect(text).toContain('[1.10, 2.90] steps');
  });

  it('is narrowed to one verdict by plain links', async () => {
    const { html } = await page('/lab?verdict=confirmed');
    expect(html.match(/class="trial-row/g)).toHaveLength(1);
    expect(html).toContain('noindex');
    const none = await page('/lab?verdict=refuted');
    expect(none.status).toBe(200);
    expect(none.text).toContain('No paper has that verdict.');
  });

  it('refuses a verdict that there is not in one sentence', async () => {
    const { status, text } = await page('/lab?verdict=true');
    expect(status).toBe(400);
    expect(text).toContain('The parameter verdict is one of confirmed, refuted, undecided');
  });

  it('leads to each paper by its number', async () => {
    expect((await page('/lab/1')).headers.get('location')).toBe(`/papers/${runPaper}#lab`);
    expect((await page('/lab/3')).headers.get('location')).toBe('/papers/2401.07957');
    expect((await page('/lab/40')).status).toBe(404);
    expect((await page('/lab/0')).status).toBe(404);
  });

  it('is in the masthead, and explains itself', async () => {
    expect((await page('/')).html).toContain('href="/lab"');
    const about = await page('/lab/about');
    expect(about.text).toContain('The rule is written and recorded before the first run');
    expect(about.text).toContain('npx offprint lab run 28');
  });
});

describe('a paper’s panel', () => {
  it('tells claim, finding, interval, verdict, rule, numbers and circumstances', async () => {
    const { text, html } = await page(`/papers/${runPaper}`);
    for (const part of [
      'The claim, tried',
      'Verdict: confirmed',
      'Walks end 2.0 above zero [1.1, 2.9].',
      'The 95 % interval lies above 0.',
      'Three steps instead of many.',
      'interval [1.10, 2.90] steps',
      'no number',
      '2 arms × 3 seeds',
      '10 min by the clock',
      'A processor <i>',
      'npx offprint lab run 1',
    ])
      expect(text).toContain(part);
    expect(html).toContain('href="/api/lab/1"');
    expect(html.match(/<svg class="plot-drawing"/g)).toHaveLength(3);
  });

  it('says when there is no full run yet', async () => {
    const { text } = await page(`/papers/${notRunPaper}`);
    expect(text).toContain('There is no full run yet');
    expect(text).toContain('not run yet');
    const damaged = await page(`/papers/${runPaper}`, with_({ damaged: true }));
    expect(damaged.status).toBe(200);
    expect(damaged.text).toContain('There is no full run yet');
  });

  it('is not on the page of a paper that nobody tried, nor is its script', async () => {
    const { html } = await page('/papers/2401.07957');
    expect(html).not.toContain('id="lab"');
    expect(html).not.toContain('client/lab');
  });

  it.each(['confirmed', 'refuted', 'undecided'] as const)(
    'says %s by a word and a shape',
    async (verdict) => {
      const { html, text } = await page(`/papers/${runPaper}`, with_({ verdict }));
      expect(text).toContain(`Verdict: ${verdict}`);
      expect(html).toMatch(new RegExp(`class="verdict ${verdict}"><svg`));
    },
  );

  it('shows what was found at length, without anything in it that could run', async () => {
    const notes =
      '# Title\n\n## Found\n\n**Much** <script>alert(1)</script> [x](javascript:alert(1))\n\n| a | b |\n|-|-|\n| 1 | 2 |\n';
    const { html } = await page(`/papers/${runPaper}`, with_({ notes }));
    expect(html).toContain('<strong>Much</strong>');
    expect(html).toContain('<h4>Found</h4>');
    expect(html).toContain('<td>1</td>');
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('javascript:');
  });
});

describe('a live page without scripts', () => {
  const live = async (query: string) => page(`/papers/${runPaper}${query}`);

  it('draws its initial values', async () =>
    expect((await live('')).text).toContain('Slope 1, rate 0.0100, line, path 0 0.5 1'));

  it('draws what the form sends, a logarithmic slider by its power of ten', async () => {
    const { text, html, headers } = await live(
      '?try=1&try-slope=2.5&try-rate=-3&try-shape=square&try-path=1&try-path=0.25&try-path=0',
    );
    expect(text).toContain('Slope 2.5, rate 0.00100, square, path 1 0.25 0');
    expect(text).toContain('Zero is hidden.');
    expect(html).toMatch(/name="try-slope"[^>]*value="2.5"/);
    expect(html).toMatch(/value="square" selected/);
    expect(headers.get('cache-control')).toContain('private');
  });

  it('takes whatever an address holds', async () => {
    for (const query of [
      '?try=1&try-slope=1e999&try-rate=NaN&try-shape=__proto__&try-path=x&try-shown=off',
      '?try=1&try-slope=&try-rate=999&try-shape=toString',
      `?try=${'x'.repeat(500)}&try-path=${'1&try-path='.repeat(40)}`,
      '?try-slope=%E2%80%AE&try-slope=2&constructor=1',
    ]) {
      const { status, html } = await live(query);
      expect(status).toBe(200);
      expect(html).toContain('plot-drawing');
      expect(html).not.toMatch(/value="NaN"/);
    }
  });
});

describe('feed cards', () => {
  it('say that a paper’s claim was tried, and what came out', async () => {
    const { html } = await page('/date/2026-02-06');
    expect(html.match(/class="verdict-link"/g)).toHaveLength(1);
    expect(html).toContain(`href="/papers/${runPaper}#lab"`);
  });
});

describe('the data sets for a browser', () => {
  const get = (name: string, headers: Record<string, string> = {}) =>
    site.app.request(`/lab/data/${name}`, { headers });

  it('come compressed, with a validator, the same bytes every time', async () => {
    const plain = await get('moby-dick');
    const packed = await get('moby-dick', { 'accept-encoding': 'br' });
    expect(plain.status).toBe(200);
    expect(packed.headers.get('content-encoding')).toBe('br');
    const bytes = new Uint8Array(await plain.arrayBuffer());
    expect((await packed.arrayBuffer()).byteLength).toBeLessThan(bytes.byteLength / 5);
    const etag = plain.headers.get('etag') ?? '';
    expect((await get('moby-dick', { 'if-none-match': etag })).status).toBe(304);
    expect(packed.headers.get('etag')).toBe(etag);
  });

  it('that are not installed or do not exist are refused with a sentence', async () => {
    const missing = await get('mnist', { accept: 'application/json' });
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ error: 'The data set mnist is not installed: install it.' });
    expect((await get('everything')).status).toBe(404);
  });
});

describe('the lab’s API', () => {
  it('tells the stored result, with words for numbers that JSON has not', async () => {
    const response = await site.app.request('/api/lab/1');
    expect(await response.json()).toMatchObject({
      id: '01-walks',
      runs: expect.arrayContaining([expect.objectContaining({ arm: 'down', metrics: { place: 'NaN' } })]),
      series: [{ y: [1, 'Infinity'] }],
      decision: { verdict: 'confirmed' },
    });
  });

  it('lists 39 papers', async () => {
    const trials: unknown = await (await site.app.request('/api/lab')).json();
    expect(trials).toHaveLength(39);
  });
});

describe('the content security policy', () => {
  it('of a page lets nothing be compiled or evaluated', async () => {
    const { headers } = await page(`/papers/${runPaper}`);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });
});
