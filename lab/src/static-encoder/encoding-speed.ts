// How fast two encoders are, measured side by side on the same texts.
import type { Encoder } from '@offprint/search';

/** Papers encoded at once, as when an index is filled. */
const batch = 64;

/**
 * Texts a second, over at least `leastMs` after one batch to warm up. A fast encoder reads the texts again and again.
 */
export async function encodingSpeed(
  encoder: Encoder,
  texts: readonly string[],
  leastMs = 1000,
  signal?: AbortSignal,
): Promise<number> {
  await encoder.encode(texts.slice(0, batch));
  const start = performance.now();
  let encoded = 0;
  for (let at = 0; ; at = at + batch < texts.length ? at + batch : 0) {
    signal?.throwIfAborted();
    const texted = texts.slice(at, at + batch);
    await encoder.encode(texted);
    encoded += texted.length;
    const elapsedMs = performance.now() - start;
    if (elapsedMs >= leastMs || texted.length === 0) return (1000 * encoded) / elapsedMs;
  }
}
