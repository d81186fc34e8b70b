// Whether a model copies what stands earlier in its context: by its losses on repeated text, and by its attention.
// Olsson et al. 2022, In-context Learning and Induction Heads, https://arxiv.org/abs/2209.11895;
// Hernandez et al. 2022, https://arxiv.org/abs/2205.10487

/**
 * A segment several times in a row: what the copy test and the prefix-matching score read.
 * @returns [copies · segment]
 */
export function repeatSegment(segment: ArrayLike<number>, copies: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: segment.length * copies }, (_, i) => segment[i % segment.length] ?? 0);
}

/**
 * The copy test: the mean loss of each copy of a repeated segment. The first copy's first token is left out, as nothing
 * comes before it.
 * @param losses nats for predicting tokens 1 … copies·segmentLength − 1 of a repeated segment
 * @returns one mean a copy; a model that copies falls from the first to the later ones
 * @throws RangeError when the losses are not those of whole copies of at least two tokens
 */
export function lossPerCopy(losses: ArrayLike<number>, segmentLength: number): number[] {
  const tokens = losses.length + 1;
  if (!Number.isInteger(segmentLength) || segmentLength < 2 || tokens % segmentLength !== 0) {
    throw new RangeError('The losses are those of whole copies of a segment of at least two tokens.');
  }
  const all = Array.from(losses);
  return Array.from({ length: tokens / segmentLength }, (_, copy) => {
    // Token t's loss stands at t − 1.
    const part = all.slice(Math.max(0, copy * segmentLength - 1), (copy + 1) * segmentLength - 1);
    return part.reduce((sum, loss) => sum + loss, 0) / part.length;
  });
}

/**
 * The prefix-matching score of one head: how much attention goes from a token to those that followed its earlier
 * occurrences, as a mean over the tokens that have occurred before. 1 for a perfect induction head.
 * @param weights rows of attention, [T · T], row = the token that looks, each summing to 1
 * @param tokens [T], usually a random segment repeated
 * @returns NaN where no token occurs twice
 * @throws RangeError unless the weights are T × T
 */
export function prefixMatchingScore(weights: ArrayLike<number>, tokens: ArrayLike<number>): number {
  const length = tokens.length;
  if (weights.length !== length * length) throw new RangeError('Attention is one row of T weights a token.');
  let sum = 0;
  let count = 0;
  for (let at = 0; at < length; at++) {
    let matched = 0;
    let occurred = false;
    for (let before = 0; before < at; before++) {
      if (tokens[before] !== tokens[at]) continue;
      occurred = true;
      matched += weights[at * length + before + 1] ?? 0;
    }
    if (!occurred) continue;
    sum += matched;
    count++;
  }
  return sum / count;
}
