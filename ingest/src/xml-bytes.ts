// From bytes to characters: XML replies are decoded here, strictly, and never guessed at.
import { isUtf8 } from 'node:buffer';
import { OffprintError } from '@offprint/catalogue';

type Encoding = 'utf-8' | 'us-ascii' | 'windows-1252';

const encodings = new Map<string, Encoding>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'us-ascii'],
  ['ascii', 'us-ascii'],
  // As on the web, Latin 1 is read as its superset: its C1 controls never occur in text.
  ['iso-8859-1', 'windows-1252'],
  ['iso_8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
]);

const headBytes = 256;

function encodingNamed(name: string): Encoding {
  const encoding = encodings.get(name.toLowerCase());
  if (encoding === undefined)
    throw new OffprintError(
      'upstream',
      `The reply is encoded as ${name.slice(0, 40)}, which is not read here: ask the source for UTF-8.`,
    );
  return encoding;
}

/** The order of RFC 7303, section 3: a byte order mark, then the transport's charset, then the declaration. */
function detectEncoding(head: Uint8Array, charset: string | undefined): { encoding: Encoding; skip: number } {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if ((a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe) || a === 0 || b === 0) {
    throw new OffprintError(
      'upstream',
      'The reply is encoded as UTF-16 or UTF-32, which is not read here: ask the source for UTF-8.',
    );
  }
  if (charset !== undefined) return { encoding: encodingNamed(charset), skip: 0 };
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/.exec(
    Buffer.from(head).toString('latin1'),
  );
  return { encoding: declared?.[1] === undefined ? 'utf-8' : encodingNamed(declared[1]), skip: 0 };
}

/** How many bytes at the end may belong to a character that the next chunk completes. */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

/** Where the first byte stands that cannot be UTF-8, or `undefined` when all of them are. */
export function firstInvalidUtf8(bytes: Uint8Array): number | undefined {
  if (isUtf8(bytes)) return undefined;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (at + length > bytes.length || !isUtf8(bytes.subarray(at, at + length))) return at;
    at += length;
  }
  return undefined;
}

function invalidByte(encoding: string, offset: number): OffprintError {
  return new OffprintError(
    'upstream',
    `The reply says it is ${encoding} but byte ${offset} is not: it is refused as a whole, so try again later.`,
  );
}

function* decodeChunk(
  bytes: Uint8Array,
  encoding: Encoding,
  decoder: TextDecoder,
  offset: number,
): Generator<string> {
  if (bytes.length === 0) return;
  if (encoding === 'utf-8') {
    const invalid = firstInvalidUtf8(bytes);
    if (invalid !== undefined) throw invalidByte('UTF-8', offset + invalid);
  } else if (encoding === 'us-ascii') {
    const invalid = bytes.findIndex((byte) => byte >= 0x80);
    if (invalid !== -1) throw invalidByte('US-ASCII', offset + invalid);
  }
  yield decoder.decode(bytes);
}

/**
 * Decodes an XML document chunk by chunk.
 *
 * @param charset the transport's charset, when it gave one.
 * @throws OffprintError `upstream` for an encoding other than UTF-8, ASCII, ISO-8859-1 and windows-1252, and,
 *   with the offset, for bytes that are not what the document says they are.
 * @see https://www.rfc-editor.org/rfc/rfc7303#section-3
 */
export async function* decodeXmlBytes(
  chunks: AsyncIterable<Uint8Array>,
  charset?: string,
): AsyncGenerator<string> {
  let pending: Uint8Array = new Uint8Array(0);
  let encoding: Encoding | undefined;
  let decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let offset = 0;
  for await (const chunk of chunks) {
    let bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    if (encoding === undefined) {
      if (bytes.length < headBytes) {
        pending = bytes;
        continue;
      }
      const detected = detectEncoding(bytes.subarray(0, headBytes), charset);
      encoding = detected.encoding;
      if (encoding !== 'utf-8') decoder = new TextDecoder('windows-1252');
      bytes = bytes.subarray(detected.skip);
      offset = detected.skip;
    }
    const whole = bytes.length - (encoding === 'utf-8' ? unfinishedTail(bytes) : 0);
    yield* decodeChunk(bytes.subarray(0, whole), encoding, decoder, offset);
    offset += whole;
    pending = bytes.subarray(whole);
  }
  if (encoding === undefined) {
    const detected = detectEncoding(pending, charset);
    encoding = detected.encoding;
    if (encoding !== 'utf-8') decoder = new TextDecoder('windows-1252');
    offset = detected.skip;
    pending = pending.subarray(detected.skip);
  }
  yield* decodeChunk(pending, encoding, decoder, offset);
}
