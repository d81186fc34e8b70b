// The spherical family: losses that see an example's D scores only through that of the right class, the sum of squares and
// the sum. Vincent, de Brébisson & Bouthillier 2015, https://arxiv.org/abs/1412.7091; 1604.08859 for the Z-loss

/** All that a loss of the family sees of one example. */
export interface SphericalView {
  /** a = o_c. */
  readonly target: number;
  /** q = Σ o_k². */
  readonly sumOfSquares: number;
  /** s = Σ o_k. */
  readonly sum: number;
  /** D. */
  readonly classes: number;
}

/** A loss and its three derivatives: ∂L/∂o_k = byTarget·δ_kc + 2·bySumOfSquares·o_k + bySum. */
export interface SphericalGradient {
  readonly loss: number;
  readonly byTarget: number;
  readonly bySumOfSquares: number;
  readonly bySum: number;
}

export type SphericalLoss = (view: SphericalView) => SphericalGradient;

/** ½‖o − e_c‖². */
export const squaredErrorView: SphericalLoss = ({ target, sumOfSquares }) => ({
  loss: (sumOfSquares - 2 * target + 1) / 2,
  byTarget: -1,
  bySumOfSquares: 0.5,
  bySum: 0,
});

/** −log( (o_c² + ε) / Σ(o_k² + ε) ), the log-spherical-softmax. */
export function logSphericalView({ epsilon = 0.01 } = {}): SphericalLoss {
  return ({ target, sumOfSquares, classes }) => {
    const chosen = target ** 2 + epsilon;
    const all = sumOfSquares + classes * epsilon;
    return {
      loss: Math.log(all / chosen),
      byTarget: (-2 * target) / chosen,
      bySumOfSquares: 1 / all,
      bySum: 0,
    };
  };
}

/** −log( (1 + o_c + o_c²/2) / Σ(1 + o_k + o_k²/2) ), the log-Taylor-softmax. */
export const logTaylorView: SphericalLoss = ({ target, sumOfSquares, sum, classes }) => {
  const chosen = 1 + target + target ** 2 / 2;
  const all = classes + sum + sumOfSquares / 2;
  return {
    loss: Math.log(all / chosen),
    byTarget: -(1 + target) / chosen,
    bySumOfSquares: 0.5 / all,
    bySum: 1 / all,
  };
};

/**
 * softplus(a(b − z_c))/a, the Z-loss; options as in `zLoss`.
 * @throws RangeError for a sharpness that is not above 0
 */
export function zLossView({ a = 1, b = 0 } = {}): SphericalLoss {
  if (!(a > 0)) throw new RangeError('The sharpness a is above 0.');
  return ({ target, sumOfSquares, sum, classes }) => {
    const mu = sum / classes;
    const sigma = Math.sqrt(Math.max(sumOfSquares / classes - mu ** 2, 0) + 1e-24);
    const z = (target - mu) / sigma;
    const x = a * (b - z);
    const pull = 1 / (1 + Math.exp(-x)) / sigma;
    return {
      loss: (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))) / a,
      byTarget: -pull,
      bySumOfSquares: (pull * z) / (2 * sigma * classes),
      bySum: (pull / classes) * (1 - (mu * z) / sigma),
    };
  };
}
