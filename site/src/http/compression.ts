// Smaller answers: which encoding a client takes, and bytes or streams in that encoding.
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import zlib, { constants } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

/** Below this many bytes an encoding saves nothing worth its time. */
export const worthCompressingBytes = 860;

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** The encoding for a client: Brotli where it is taken, then gzip; what it weighs with `q=0` is refused. */
export function chooseEncoding(acceptEncoding: string | null | undefined): Encoding {
  if (acceptEncoding === null || acceptEncoding === undefined) return 'identity';
  // What browsers send, answered without looking closer.
  if (!acceptEncoding.includes(';')) {
    if (/(?:^|[\s,])br(?:$|[\s,])/.test(acceptEncoding)) return 'br';
    if (/(?:^|[\s,])gzip(?:$|[\s,])/.test(acceptEncoding)) return 'gzip';
    return 'identity';
  }
  const taken = new Map(
    acceptEncoding
      .slice(0, 1000)
      .toLowerCase()
      .split(',')
      .map((part): [string, number] => {
        const [name = '', weight] = part.split(';').map((piece) => piece.trim());
        return [name, weight?.startsWith('q=') === true ? Number(weight.slice(2)) : 1];
      }),
  );
  const wants = (name: string): boolean => (taken.get(name) ?? taken.get('*') ?? 0) > 0;
  return wants('br') ? 'br' : wants('gzip') ? 'gzip' : 'identity';
}

/** Whether a media type shrinks when compressed. */
export function isCompressible(contentType: string | null | undefined): boolean {
  return /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml)|application\/javascript|image\/svg\+xml)/i.test(
    contentType ?? '',
  );
}

/**
 * Bytes in an encoding.
 *
 * @param effort `once` for an answer that is sent once, `kept` for one that is kept and sent many times.
 */
export async function encodeBytes(
  bytes: Uint8Array,
  encoding: Encoding,
  effort: 'once' | 'kept',
): Promise<Uint8Array> {
  if (encoding === 'br')
    return brotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: effort === 'kept' ? 6 : 4,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
      },
    });
  if (encoding === 'gzip') return gzip(bytes, { level: 6 });
  return bytes;
}

/** A stream in an encoding, passed on piece by piece. */
export function encodeStream(
  stream: ReadableStream<Uint8Array>,
  encoding: Encoding,
): ReadableStream<Uint8Array> {
  if (encoding === 'identity') return stream;
  const encoder =
    encoding === 'br'
      ? zlib.createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : zlib.createGzip();
  const source = Readable.fromWeb(stream as NodeReadableStream<Uint8Array>);
  source.on('error', (error) => encoder.destroy(error));
  return Readable.toWeb(source.pipe(encoder)) as ReadableStream<Uint8Array>;
}
