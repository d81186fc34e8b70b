// Answers that are the same for every anonymous reader, kept as bytes until the catalogue changes or they grow old.
import { type Encoding, encodeBytes, isCompressible, worthCompressingBytes } from './compression.ts';
import { notModifiedHeaders } from './conditional.ts';

/** One kept answer. */
export interface KeptAnswer {
  readonly etag: string;
  /** The pattern of the route that gave the answer, for logs and metrics. */
  readonly route: string | undefined;
  /** Whole header lists, names and values in turn as `writeHead` takes them; one per encoding already made. */
  readonly heads: ReadonlyMap<Encoding, readonly string[]>;
  readonly bodies: ReadonlyMap<Encoding, Uint8Array>;
  /** The header list of a 304. */
  readonly notModified: readonly string[];
  /** The encoding in which this answer is sent to a client that takes `wanted`. */
  encodingFor(wanted: Encoding): Encoding;
  /** Makes the bytes of an encoding, once. */
  encode(encoding: Encoding): Promise<void>;
}

/** What a route answered, before it is kept. */
export interface FreshAnswer {
  readonly headers: readonly (readonly [string, string])[];
  readonly etag: string;
  readonly body: Uint8Array;
  readonly route: string | undefined;
}

export interface PageCacheOptions {
  /** A text that differs after every change of the catalogue. */
  readonly revision: () => string;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** A monotonic clock in milliseconds. */
  readonly nowMs: () => number;
}

export interface PageCache {
  /** The answer kept under a key, if it is still true. */
  get(key: string): KeptAnswer | undefined;
  /**
   * The kept answer, or the one that `produce` gives now. Callers that ask for the same key at the same
   * revision share one production. `undefined` when the answer may not be kept.
   */
  load(key: string, produce: () => Promise<FreshAnswer | undefined>): Promise<KeptAnswer | undefined>;
  readonly sizeBytes: number;
  readonly entries: number;
}

interface Slot {
  readonly revision: string;
  readonly expiresMs: number;
  readonly answer: KeptAnswer;
  sizeBytes: number;
}

/** Begins with nothing kept. The least recently used answers go when `maxBytes` would be passed. */
export function createPageCache(options: PageCacheOptions): PageCache {
  const slots = new Map<string, Slot>();
  const underway = new Map<string, { revision: string; promise: Promise<KeptAnswer | undefined> }>();
  let sizeBytes = 0;

  const drop = (key: string, slot: Slot): void => {
    slots.delete(key);
    sizeBytes -= slot.sizeBytes;
  };
  const fit = (): void => {
    for (const [key, slot] of slots) {
      if (sizeBytes <= options.maxBytes) return;
      drop(key, slot);
    }
  };
  const get = (key: string): KeptAnswer | undefined => {
    const slot = slots.get(key);
    if (slot === undefined) return undefined;
    if (slot.revision !== options.revision() || slot.expiresMs <= options.nowMs()) {
      drop(key, slot);
      return undefined;
    }
    slots.delete(key);
    slots.set(key, slot);
    return slot.answer;
  };
  const keep = (key: string, revision: string, fresh: FreshAnswer): KeptAnswer => {
    const slot: Slot = {
      revision,
      expiresMs: options.nowMs() + options.maxAgeMs,
      sizeBytes: fresh.body.byteLength + overheadBytes,
      answer: keptAnswer(fresh, (bytes) => {
        if (slots.get(key) !== slot) return;
        slot.sizeBytes += bytes;
        sizeBytes += bytes;
        fit();
      }),
    };
    const former = slots.get(key);
    if (former !== undefined) drop(key, former);
    slots.set(key, slot);
    sizeBytes += slot.sizeBytes;
    fit();
    return slot.answer;
  };

  return {
    get,
    load: async (key, produce) => {
      const kept = get(key);
      if (kept !== undefined) return kept;
      // Read before the answer is made: a change during the making leaves it stale at once.
      const revision = options.revision();
      const joined = underway.get(key);
      if (joined !== undefined && joined.revision === revision) return joined.promise;
      const promise = produce().then((fresh) =>
        fresh === undefined ? undefined : keep(key, revision, fresh),
      );
      const mine = { revision, promise };
      underway.set(key, mine);
      try {
        return await promise;
      } finally {
        if (underway.get(key) === mine) underway.delete(key);
      }
    },
    get sizeBytes() {
      return sizeBytes;
    },
    get entries() {
      return slots.size;
    },
  };
}

/** What an entry weighs beside its bodies: headers and bookkeeping. */
const overheadBytes = 4096;

function keptAnswer(fresh: FreshAnswer, grown: (bytes: number) => void): KeptAnswer {
  const bodies = new Map<Encoding, Uint8Array>();
  const heads = new Map<Encoding, readonly string[]>();
  const making = new Map<Encoding, Promise<void>>();
  const contentType = fresh.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const shrinks = isCompressible(contentType) && fresh.body.byteLength >= worthCompressingBytes;
  const add = (encoding: Encoding, bytes: Uint8Array): void => {
    heads.set(encoding, [
      ...fresh.headers.flat(),
      ...(encoding === 'identity' ? [] : ['Content-Encoding', encoding]),
      'Content-Length',
      String(bytes.byteLength),
    ]);
    bodies.set(encoding, bytes);
  };
  add('identity', fresh.body);
  return {
    etag: fresh.etag,
    route: fresh.route,
    heads,
    bodies,
    notModified: notModifiedHeaders(
      fresh.headers.map(([name, value]): [string, string] => [name, value]),
    ).flat(),
    encodingFor: (wanted) => (shrinks ? wanted : 'identity'),
    encode: (encoding) => {
      if (bodies.has(encoding)) return Promise.resolve();
      const begun = making.get(encoding);
      if (begun !== undefined) return begun;
      const promise = encodeBytes(fresh.body, encoding, 'kept')
        .then((bytes) => {
          add(encoding, bytes);
          grown(bytes.byteLength);
        })
        .finally(() => making.delete(encoding));
      making.set(encoding, promise);
      return promise;
    },
  };
}
