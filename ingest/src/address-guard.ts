// Where requests may go: public addresses of the internet, and only those private ones that the operator named.
import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { OffprintError } from '@offprint/catalogue';

const closed = new BlockList();
// https://www.iana.org/assignments/iana-ipv4-special-registry
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(network, bits, 'ipv4');
// https://www.iana.org/assignments/iana-ipv6-special-registry: within global unicast, what is no host of its own.
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(network, bits, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an address belongs to a host on the public internet: no loopback, private, shared, link-local,
 * multicast, documentation, tunnel or mapped address.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 4) return !closed.check(bare, 'ipv4');
  return family === 6 && globalUnicast.check(bare, 'ipv6') && !closed.check(bare, 'ipv6');
}

/** `host` or `host:port` as the operator writes it and as a URL has it. */
function isNamed(url: URL, allowed: ReadonlySet<string>): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return allowed.has(url.hostname) || allowed.has(`${url.hostname}:${port}`);
}

const refused = (host: string, why: string) =>
  new OffprintError(
    'bad-input',
    `${host.slice(0, 100)} ${why}: name it in OFFPRINT_ALLOW_HOSTS if requests may go there.`,
    { field: 'url' },
  );

/**
 * Checks an address before a request, and again at every redirect.
 *
 * @param allowed hosts, as `host` or `host:port`, that may be private.
 * @returns whether the operator named the host.
 * @throws OffprintError `bad-input` unless it is http or https without credentials, to a host that may be public.
 */
export function assertAllowedUrl(url: URL, allowed: ReadonlySet<string>): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new OffprintError(
      'bad-input',
      `Only http and https addresses are fetched, not ${url.protocol.slice(0, 20)}`,
      {
        field: 'url',
      },
    );
  if (url.username !== '' || url.password !== '')
    throw new OffprintError('bad-input', 'An address with a user name or password in it is not fetched.', {
      field: 'url',
    });
  if (isNamed(url, allowed)) return true;
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw refused(url.host, 'is not a public address');
  return false;
}

/**
 * A `lookup` for sockets that resolves a name and hands out its addresses only if all of them are public. The
 * check happens on the very addresses that are connected to, so a name cannot change its mind in between.
 */
export function publicLookup(resolve: typeof dnsLookup = dnsLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) return callback(error, '');
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
        return callback(refused(hostname, 'does not resolve to public addresses only'), '');
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
