// Quotas: counted per client and window, told in headers, and gone with the window.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTestSite } from '../testing/site.ts';
import { clientKey, clientOf, trustProxies } from './client-address.ts';
import { createRateLimiter, rateLimitHeaders } from './rate-limit.ts';

describe('a rate limiter', () => {
  it('lets exactly the quota of each client through in a window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.constantFrom('10.0.0.1', '10.0.0.2')),
        (limit, asks) => {
          const limiter = createRateLimiter({ name: 'api', limit, windowSeconds: 60 }, () => 5_000);
          const through = new Map<string, number>();
          for (const client of asks)
            if (!limiter.take(client).exceeded) through.set(client, (through.get(client) ?? 0) + 1);
          for (const client of new Set(asks))
            expect(through.get(client)).toBe(Math.min(limit, asks.filter((ask) => ask === client).length));
        },
      ),
    );
  });

  it('begins anew with each window and tells when', () => {
    let nowMs = 59_000;
    const limiter = createRateLimiter({ name: 'api', limit: 1, windowSeconds: 60 }, () => nowMs);
    expect(limiter.take('10.0.0.1')).toEqual({ remaining: 0, resetSeconds: 1, exceeded: false });
    expect(limiter.take('10.0.0.1').exceeded).toBe(true);
    expect(limiter.look('10.0.0.1').exceeded).toBe(true);
    nowMs = 60_000;
    expect(limiter.take('10.0.0.1')).toEqual({ remaining: 0, resetSeconds: 60, exceeded: false });
  });

  it('speaks the form that huggingface_hub reads', () => {
    const policy = { name: 'api', limit: 500, windowSeconds: 300 };
    const headers = new Map(rateLimitHeaders(policy, { remaining: 3, resetSeconds: 55, exceeded: false }));
    // The client's own two patterns.
    expect(
      /"(\w+)"\s*;\s*r\s*=\s*(\d+)\s*;\s*t\s*=\s*(\d+)/.exec(headers.get('RateLimit') ?? '')?.slice(1),
    ).toEqual(['api', '3', '55']);
    expect(/q\s*=\s*(\d+).*?w\s*=\s*(\d+)/.exec(headers.get('RateLimit-Policy') ?? '')?.slice(1)).toEqual([
      '500',
      '300',
    ]);
  });

  it('refuses with 429, and serves other clients and kept pages on', async () => {
    const site = await openTestSite({ rateLimit: { api: 2, windowSeconds: 60 } });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await site.app.request('/api/papers')).status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await site.app.request('/api/papers');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"api";r=0;t=\d+$/);
    expect((await site.app.request('/healthz')).status).toBe(200);
    await site.close();
  });
});

describe("a client's address", () => {
  const peer = (remoteAddress: string) => ({ remoteAddress });
  const from = (headers: Record<string, string>) => (name: string) => headers[name];
  const trust = trustProxies(['loopback', '10.0.0.0/8']);

  it('is the peer, whatever an untrusted peer says', () => {
    expect(clientOf(peer('192.0.2.1'), from({ 'x-forwarded-for': '198.51.100.1' }), trust).address).toBe(
      '192.0.2.1',
    );
  });
  it('is the nearest untrusted hop behind trusted proxies', () => {
    const forwarded = {
      'x-forwarded-for': '203.0.113.9, 198.51.100.1, 10.1.2.3',
      'x-forwarded-proto': 'https',
    };
    expect(clientOf(peer('::ffff:127.0.0.1'), from(forwarded), trust)).toEqual({
      address: '198.51.100.1',
      secure: true,
    });
  });
  it('survives any header', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(clientOf(peer('127.0.0.1'), from({ 'x-forwarded-for': text }), trust).address).toMatch(
          /^[\da-f.:]+$/i,
        );
      }),
    );
  });
  it('counts an IPv6 network as one client', () => {
    expect(clientKey('2001:db8:1:2:3:4:5:6')).toBe(clientKey('2001:db8:1:2::1'));
    expect(clientKey('2001:db8:1:2::1')).not.toBe(clientKey('2001:db8:1:3::1'));
    expect(clientKey('192.0.2.1')).toBe('192.0.2.1');
  });
  it.each(['x', '10.0.0.0/33', '10.0.0.0/', '::1/129', ''])('refuses the proxy %s', (entry) => {
    expect(() => trustProxies([entry])).toThrow(/is not an address or a network/);
  });
});
