// Kept answers: true until the catalogue changes or they grow old, made once however many ask, never more than fit.
import { describe, expect, it } from 'vitest';
import { cacheKey } from './cache-key.ts';
import { createPageCache, type FreshAnswer, type PageCache } from './page-cache.ts';

const fresh = (text: string): FreshAnswer => ({
  headers: [['Content-Type', 'text/html; charset=utf-8']],
  etag: `W/"${text.slice(0, 8)}"`,
  body: new TextEncoder().encode(text),
  route: '/',
});

function build(maxBytes = 1e6): { cache: PageCache; clock: { ms: number; revision: string } } {
  const clock = { ms: 0, revision: 'a' };
  const cache = createPageCache({
    revision: () => clock.revision,
    maxBytes,
    maxAgeMs: 1000,
    nowMs: () => clock.ms,
  });
  return { cache, clock };
}

describe('the page cache', () => {
  it('keeps an answer until the catalogue changes', async () => {
    const { cache, clock } = build();
    await cache.load('k', async () => fresh('one'));
    expect(cache.get('k')?.etag).toBe('W/"one"');
    clock.revision = 'b';
    expect(cache.get('k')).toBeUndefined();
  });

  it('keeps an answer no longer than its age', async () => {
    const { cache, clock } = build();
    await cache.load('k', async () => fresh('one'));
    clock.ms = 999;
    expect(cache.get('k')).toBeDefined();
    clock.ms = 1000;
    expect(cache.get('k')).toBeUndefined();
  });

  it('makes an answer once for all who ask meanwhile', async () => {
    const { cache } = build();
    let made = 0;
    const produce = async (): Promise<FreshAnswer> => {
      made += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return fresh('one');
    };
    const all = await Promise.all(Array.from({ length: 50 }, () => cache.load('k', produce)));
    expect(made).toBe(1);
    expect(new Set(all).size).toBe(1);
  });

  it('never serves an answer that was begun before a change to who asks after it', async () => {
    const { cache, clock } = build();
    let finishOld = (_answer: FreshAnswer): void => undefined;
    const old = cache.load('k', () => new Promise<FreshAnswer>((resolve) => (finishOld = resolve)));
    clock.revision = 'b';
    const after = await cache.load('k', async () => fresh('new'));
    expect(after?.etag).toBe('W/"new"');
    finishOld(fresh('old'));
    await old;
    expect(cache.get('k')?.etag).not.toBe('W/"old"');
  });

  it('tries again after a failure', async () => {
    const { cache } = build();
    await expect(cache.load('k', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await cache.load('k', async () => fresh('one')))?.etag).toBe('W/"one"');
  });

  it('holds no more than its bytes, and lets go of what was used longest ago', async () => {
    const { cache } = build(3 * (4096 + 1000));
    const page = (letter: string): FreshAnswer => fresh(letter.repeat(1000));
    for (const key of ['a', 'b', 'c']) await cache.load(key, async () => page(key));
    cache.get('a');
    await cache.load('d', async () => page('d'));
    expect(cache.get('b')).toBeUndefined();
    expect(cache.get('a')).toBeDefined();
    expect(cache.sizeBytes).toBeLessThanOrEqual(3 * (4096 + 1000));
  });

  it('counts the encodings it makes, and makes each once', async () => {
    const { cache } = build();
    const kept = await cache.load('k', async () => fresh('text '.repeat(1000)));
    const before = cache.sizeBytes;
    await Promise.all([kept?.encode('br'), kept?.encode('br')]);
    const bytes = kept?.bodies.get('br')?.byteLength ?? 0;
    expect(bytes).toBeGreaterThan(0);
    expect(cache.sizeBytes).toBe(before + bytes);
    expect(kept?.heads.get('br')).toContain('Content-Encoding');
  });
});

describe('the key of a kept answer', () => {
  const key = (target: string, headers: Record<string, string> = {}, method = 'GET') =>
    cacheKey(method, target, (name) => headers[name]);

  it('is the same whatever order the parameters come in', () => {
    expect(key('/?a=1&b=2')).toBe(key('/?b=2&a=1'));
    expect(key('/?a=1&a=2')).not.toBe(key('/?a=2&a=1'));
  });
  it('keeps representations apart', () => {
    const kinds = ['text/html', 'application/json', 'text/markdown'].map((accept) => key('/', { accept }));
    expect(new Set(kinds).size).toBe(3);
  });
  it('is refused to anyone who may be somebody', () => {
    expect(key('/', { cookie: 'session=1' })).toBeUndefined();
    expect(key('/', { authorization: 'Bearer x' })).toBeUndefined();
    expect(key('/', { range: 'bytes=0-1' })).toBeUndefined();
    expect(key('/', {}, 'POST')).toBeUndefined();
  });
  it('is given to pages and the daily listing, not to files, probes or the rest of the API', () => {
    expect(key('/date/2026-02-06')).toBeDefined();
    expect(key('/api/daily_papers?date=2026-02-06')).toBeDefined();
    for (const target of [
      '/api/papers',
      '/api/daily_papersx',
      '/assets/a.css',
      '/metrics',
      '/sitemap.xml',
      '*',
      'http://x/',
    ])
      expect([target, key(target)]).toEqual([target, undefined]);
  });
});
