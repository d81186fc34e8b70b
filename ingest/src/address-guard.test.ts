import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { assertAllowedUrl, isPublicAddress, publicLookup } from './address-guard.ts';

const allowed = (url: string, ...hosts: string[]) => assertAllowedUrl(new URL(url), new Set(hosts));

describe('where requests may go', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.127.255.255',
    '0.0.0.0',
    '224.0.0.1',
    '239.1.1.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
    '2001::1',
    'not an address',
    '',
  ])('counts %s as not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '169.253.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'counts %s as public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://user:word@arxiv.org/',
    'ftp://arxiv.org/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'gopher://arxiv.org/',
  ])('refuses %s', (url) => {
    expect(() => allowed(url)).toThrow();
  });

  it('lets only what the operator named be private, by host or by host and port', () => {
    expect(allowed('http://127.0.0.1:4700/', '127.0.0.1:4700')).toBe(true);
    expect(allowed('http://127.0.0.1/', '127.0.0.1')).toBe(true);
    expect(allowed('https://intranet.test/', 'intranet.test:443')).toBe(true);
    expect(() => allowed('http://127.0.0.1:4701/', '127.0.0.1:4700')).toThrow(/OFFPRINT_ALLOW_HOSTS/);
    expect(allowed('https://arxiv.org/')).toBe(false);
  });

  it('refuses a name if any of its addresses is private, at the moment of connecting', async () => {
    const answering = (...addresses: string[]) =>
      publicLookup(((_: string, __: object, callback: (error: null, list: LookupAddress[]) => void) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )) as never);
    const ask = (lookup: ReturnType<typeof publicLookup>) =>
      new Promise((resolve, reject) =>
        lookup('name.test', {}, (error, address) => (error === null ? resolve(address) : reject(error))),
      );
    await expect(ask(answering('8.8.8.8'))).resolves.toBe('8.8.8.8');
    await expect(ask(answering('8.8.8.8', '127.0.0.1'))).rejects.toThrow(/public addresses only/);
    await expect(ask(answering('::ffff:127.0.0.1'))).rejects.toThrow(/public addresses only/);
    await expect(ask(answering())).rejects.toThrow(/public addresses only/);
  });
});
