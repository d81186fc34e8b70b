// Groups texts of like length, so that little is computed for padding.

/** Some texts as one rectangle of numbers, padded with zeros at the right. */
export interface TokenBatch {
  /** Which of the given texts the rows are. */
  readonly texts: readonly number[];
  /** Tokens in a row. */
  readonly width: number;
  readonly ids: Int32Array;
  readonly mask: Int32Array;
}

/**
 * Cuts texts into batches, the longest first.
 *
 * @param maxTokens at most so many tokens in a batch, padding counted; a longer text is a batch by itself.
 */
export function* batchByLength(
  encoded: readonly Int32Array[],
  maxTokens: number,
): Generator<TokenBatch, void, undefined> {
  const lengthOf = (text: number): number => encoded[text]?.length ?? 0;
  const order = [...encoded.keys()].sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);
  for (let begin = 0; begin < order.length; ) {
    const width = lengthOf(order[begin] ?? 0);
    const rows = Math.max(1, Math.floor(maxTokens / Math.max(width, 1)));
    const texts = order.slice(begin, begin + rows);
    const ids = new Int32Array(texts.length * width);
    const mask = new Int32Array(texts.length * width);
    for (const [row, text] of texts.entries()) {
      const tokens = encoded[text];
      if (tokens === undefined) continue;
      ids.set(tokens, row * width);
      mask.fill(1, row * width, row * width + tokens.length);
    }
    yield { texts, width, ids, mask };
    begin += rows;
  }
}
