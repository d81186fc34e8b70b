// Opening an encoder by what names it: plain data that can cross threads and stand in a settings file.
import type { Encoder } from './encoder.ts';
import type { EncoderSpec } from './encoding-protocol.ts';
import { openMiniLm } from './minilm.ts';
import { loadStaticEncoder } from './static-encoder.ts';

/**
 * Opens an encoder in this thread.
 *
 * @throws SearchError `unavailable`, `damaged-file` or `foreign-file` when its model cannot be used.
 */
export async function openEncoder(spec: EncoderSpec): Promise<Encoder> {
  if (spec.encoder === 'static') return loadStaticEncoder(spec.file);
  return openMiniLm(spec.threads === undefined ? {} : { threads: spec.threads });
}
