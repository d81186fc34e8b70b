// Encoding in bulk beside the engine: a thread that starts when there is work and goes when there is none.
import type { Encoder } from '../encoders/encoder.ts';
import type { EncoderSpec } from '../encoders/encoding-protocol.ts';
import { startEncodingThread } from '../encoders/encoding-thread.ts';

const idleMs = 30_000;

/** What makes the vectors of papers; the vectors of queries are made elsewhere, so that they never wait for these. */
export interface BulkEncoder {
  encode(texts: readonly string[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** A thread with an encoder of its own, whose model leaves the memory after half a minute without work. */
export function threadedBulkEncoder(spec: EncoderSpec): BulkEncoder {
  let opening: Promise<Encoder> | undefined;
  let idle: NodeJS.Timeout | undefined;
  const close = async (): Promise<void> => {
    clearTimeout(idle);
    const opened = opening;
    opening = undefined;
    await (await opened?.catch(() => undefined))?.close();
  };
  return {
    async encode(texts) {
      clearTimeout(idle);
      opening ??= startEncodingThread(spec);
      try {
        return await (await opening).encode(texts);
      } catch (error) {
        await close();
        throw error;
      } finally {
        idle = setTimeout(() => void close(), idleMs);
        idle.unref();
      }
    },
    close,
  };
}
