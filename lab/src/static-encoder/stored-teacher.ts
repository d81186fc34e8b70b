// A teacher that looks up what it has said before: vectors by content, from the store that the search index fills too.
import { contentKey, type Encoder, type VectorStore } from '@offprint/search';

/**
 * An encoder that encodes only what the store lacks and adds it there, so that a training that was stopped, or one
 * on a catalogue that is indexed already, pays for nothing twice. Closing it closes the encoder and not the store.
 *
 * @param store of this encoder's fingerprint and dimensions.
 */
export function storedTeacher(encoder: Encoder, store: VectorStore): Encoder {
  return {
    name: encoder.name,
    fingerprint: encoder.fingerprint,
    dimensions: encoder.dimensions,
    close: () => encoder.close(),
    async encode(texts) {
      const { dimensions } = encoder;
      const vectors = new Float32Array(texts.length * dimensions);
      const missing: { readonly row: number; readonly text: string; readonly key: Uint8Array }[] = [];
      for (const [row, text] of texts.entries()) {
        const key = contentKey(text);
        const position = store.positionOf(key);
        const known = position < 0 ? undefined : store.read(position);
        if (known === undefined) missing.push({ row, text, key });
        else vectors.set(known, row * dimensions);
      }
      if (missing.length === 0) return vectors;
      const made = await encoder.encode(missing.map(({ text }) => text));
      const entries = missing.map(({ key }, i) => ({
        key,
        vector: made.slice(i * dimensions, (i + 1) * dimensions),
      }));
      await store.add(entries);
      for (const [i, { row }] of missing.entries())
        vectors.set(made.subarray(i * dimensions, (i + 1) * dimensions), row * dimensions);
      return vectors;
    },
  };
}
