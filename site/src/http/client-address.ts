// Whose request it is: the peer's address, or what a trusted proxy in front of us says about it.
import { BlockList, isIP } from 'node:net';
import { OffprintError } from '@offprint/catalogue';

/** The proxies whose `X-Forwarded-*` headers are believed. */
export interface ClientTrust {
  readonly trusts: (address: string) => boolean;
}

/** Where a request came from, as far as it can be known. */
export interface RequestOrigin {
  /** The client's address, or `unknown`. */
  readonly address: string;
  readonly secure: boolean;
}

interface PeerSocket {
  readonly remoteAddress?: string | undefined;
  readonly encrypted?: boolean;
}

/**
 * Reads a list of proxy addresses and networks, such as `10.0.0.0/8`, `::1` or `loopback`.
 *
 * @throws OffprintError `bad-input` on an entry that is neither.
 */
export function trustProxies(entries: readonly string[]): ClientTrust {
  const list = new BlockList();
  for (const entry of entries.flatMap((e) => (e === 'loopback' ? ['127.0.0.0/8', '::1'] : [e]))) {
    const [address = '', bits] = entry.split('/');
    const version = isIP(address);
    const family = version === 6 ? 'ipv6' : 'ipv4';
    const prefix = bits === undefined ? undefined : Number(bits);
    const fits = prefix === undefined || (/^\d+$/.test(bits ?? '') && prefix <= (version === 6 ? 128 : 32));
    if (version === 0 || !fits)
      throw new OffprintError(
        'bad-input',
        `The trusted proxy "${entry}" is not an address or a network such as 10.0.0.0/8: correct it.`,
        { field: 'trustedProxies' },
      );
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, prefix, family);
  }
  return {
    trusts: (address) => {
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

/**
 * The client of a request. Forwarded addresses are read from the nearest hop outwards, and the first one that
 * is not a trusted proxy is the client: what stands further left was written by the client itself.
 */
export function clientOf(
  socket: PeerSocket | undefined,
  header: (name: string) => string | null | undefined,
  trust: ClientTrust,
): RequestOrigin {
  const peer = plainAddress(socket?.remoteAddress);
  const direct = { address: peer ?? 'unknown', secure: socket?.encrypted === true };
  if (peer === undefined || !trust.trusts(peer)) return direct;
  const hops = (header('x-forwarded-for') ?? '').split(',').map((hop) => plainAddress(hop.trim()));
  let address = peer;
  for (const hop of hops.reverse()) {
    if (hop === undefined) break;
    address = hop;
    if (!trust.trusts(hop)) break;
  }
  const protocol = (header('x-forwarded-proto') ?? '').split(',').at(-1)?.trim().toLowerCase();
  return {
    address,
    secure: protocol === undefined || protocol === '' ? direct.secure : protocol === 'https',
  };
}

/**
 * The key under which a client's requests are counted: the address, or the /64 network of an IPv6 address,
 * for one subscriber has a whole such network.
 */
export function clientKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array.from({ length: gap }, () => '0'), ...last];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** An address without the IPv4-in-IPv6 prefix, zone, brackets or port; `undefined` when it is none. */
function plainAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 64) return undefined;
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, '').replace(/%.*$/, '');
  return isIP(address) === 0 ? undefined : address;
}
