// The two areas that a learning-rate schedule is reduced to: how far it carried the model, and how much it was annealed.
// Tissue, Wang & Wang 2024, Scaling Law with Learning Rate Annealing, https://arxiv.org/abs/2408.11029

/**
 * S1(s) = Σ_{i≤s} η_i, the area under the learning rates.
 * @param learningRates η of each step from step 0, [steps]
 * @returns [steps]
 */
export function forwardArea(learningRates: ArrayLike<number>): Float64Array {
  let sum = 0;
  return Float64Array.from(learningRates, (rate) => {
    sum += rate;
    return sum;
  });
}

export interface AnnealingAreaOptions {
  /** How slowly the momentum of annealing fades, in [0, 1); 0.999 when left out, as the paper's default. */
  readonly lambda?: number;
  /** Changes up to this step are not annealing: the rise of a warm-up is left out. 0 when left out. */
  readonly warmup?: number;
}

/**
 * S2(s) = Σ_{i≤s} m_i with the momentum m_i = λ m_{i−1} + (η_{i−1} − η_i), m_0 = 0: each fall of the rate counts the more
 * the longer ago it was, up to 1/(1 − λ) times; a rise after the warm-up counts against it.
 * @param learningRates η of each step from step 0, [steps]
 * @returns [steps]
 * @throws RangeError for λ outside [0, 1)
 */
export function annealingArea(
  learningRates: ArrayLike<number>,
  { lambda = 0.999, warmup = 0 }: AnnealingAreaOptions = {},
): Float64Array {
  if (!(lambda >= 0 && lambda < 1)) throw new RangeError('λ lies in [0, 1).');
  const areas = new Float64Array(learningRates.length);
  let momentum = 0;
  let sum = 0;
  for (let i = Math.max(1, warmup + 1); i < areas.length; i++) {
    momentum = lambda * momentum + (learningRates[i - 1] ?? 0) - (learningRates[i] ?? 0);
    sum += momentum;
    areas[i] = sum;
  }
  return areas;
}
