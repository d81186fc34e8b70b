// A text as the numbers of its characters, and the windows of it that a model is trained and judged on.

export interface CharacterStream {
  /** The text's different characters, by code point. */
  readonly vocabulary: readonly string[];
  /** For every character of the text its place in the vocabulary. */
  readonly tokens: Int32Array;
}

/** Every code point of the text is a token. */
export function characterStream(text: string): CharacterStream {
  const characters = [...text];
  const vocabulary = [...new Set(characters)].sort(
    (a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0),
  );
  const places = new Map(vocabulary.map((character, place) => [character, place]));
  return { vocabulary, tokens: Int32Array.from(characters, (character) => places.get(character) ?? 0) };
}

/** Stretches of tokens, each with the token that follows every place. */
export interface Windows {
  readonly count: number;
  readonly length: number;
  /** [count · length]. */
  readonly inputs: Int32Array<ArrayBuffer>;
  /** [count · length]: the inputs one place on. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/**
 * The windows that begin at the given places.
 * @throws RangeError for a window that does not lie, with the token after it, within the tokens
 */
export function windowsAt(tokens: Int32Array, starts: ArrayLike<number>, length: number): Windows {
  const count = starts.length;
  const inputs = new Int32Array(count * length);
  const labels = new Int32Array(count * length);
  for (let i = 0; i < count; i++) {
    const start = starts[i] ?? 0;
    if (start < 0 || start + length >= tokens.length) throw new RangeError('A window lies within its text.');
    inputs.set(tokens.subarray(start, start + length), i * length);
    labels.set(tokens.subarray(start + 1, start + length + 1), i * length);
  }
  return { count, length, inputs, labels };
}

/** A part of a text, from the first token to before the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The text cut at shares of its length: `[0.8, 0.9]` gives the first eight tenths, the ninth and the last.
 * @param cuts rising, each in [0, 1]
 */
export function cutText(length: number, cuts: readonly number[]): Span[] {
  const places = [0, ...cuts.map((cut) => Math.floor(cut * length)), length];
  return places.slice(1).map((to, i) => ({ from: places[i] ?? 0, to }));
}

/** How many windows that share no input lie in a span, each with the token after it inside. */
export function windowsIn({ from, to }: Span, length: number): number {
  return Math.max(0, Math.floor((to - from - 1) / length));
}

/**
 * The starts of `count` windows spread evenly over a span, sharing no input.
 * @throws RangeError when so many do not fit
 */
export function spreadStarts(span: Span, count: number, length: number): Int32Array {
  const fitting = windowsIn(span, length);
  if (count > fitting) throw new RangeError(`Only ${fitting} windows of ${length} fit.`);
  return Int32Array.from({ length: count }, (_, i) => span.from + Math.floor((i * fitting) / count) * length);
}
