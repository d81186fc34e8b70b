// The body of a reply as bytes: decompressed, never beyond a size, never slower than patience allows.
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { OffprintError } from '@offprint/catalogue';
import type { Dispatcher } from 'undici';
import { InterruptedReply } from './interrupted-reply.ts';

const decoders = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * The bytes of a body after its content encodings are undone.
 *
 * @param maxBytes counted after decompression, so that a bomb stops early.
 * @throws OffprintError `upstream` beyond `maxBytes` or for an unknown encoding.
 * @throws InterruptedReply when the connection or the compressed stream breaks off.
 */
export async function* readReplyBody(
  body: Dispatcher.ResponseData['body'],
  encodingHeader: string | undefined,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  const encodings = (encodingHeader ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (encodings.length > 1 || (encodings[0] !== undefined && !decoders.has(encodings[0]))) {
    body.on('error', () => undefined).destroy();
    throw new OffprintError(
      'upstream',
      `The reply is compressed as ${encodings.join(', ').slice(0, 60)}, which is not read here: tell the source's operator.`,
    );
  }
  const decoder = decoders.get(encodings[0] ?? '')?.();
  // Errors of either side reach the reader of the last stream; the callback only keeps them from being thrown twice.
  const bytes = decoder === undefined ? body : pipeline(body, decoder, () => undefined);
  let sizeBytes = 0;
  try {
    for await (const chunk of bytes) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes)
        throw new OffprintError(
          'upstream',
          `The reply is larger than ${maxBytes} bytes and was not read to its end: tell the source's operator.`,
        );
      yield chunk;
    }
  } catch (error) {
    if (error instanceof OffprintError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new InterruptedReply(`The reply broke off after ${sizeBytes} bytes (${why}).`, error);
  } finally {
    body.on('error', () => undefined).destroy();
  }
}
