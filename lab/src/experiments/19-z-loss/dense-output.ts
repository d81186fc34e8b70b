// The output layer as it is written down: every score, every row of W, at every step. What the factored one is held against.
import type { SphericalLoss } from '@offprint/methods';

/**
 * One step W ← W − η·Σᵢ ∂L_i/∂W, in place, float64.
 * @param weights W, [D, d] row after row
 * @param features h, [m, d]
 * @param labels [m]
 * @returns ∂L_i/∂h_i before the step, [m, d]
 */
export function denseOutputStep(
  weights: Float64Array,
  features: Float64Array,
  labels: ArrayLike<number>,
  loss: SphericalLoss,
  learningRate: number,
): Float64Array {
  const m = labels.length;
  const d = features.length / m;
  const classes = weights.length / d;
  const scores = new Float64Array(m * classes);
  const gradient = new Float64Array(m * d);
  const change = new Float64Array(d);
  for (let k = 0; k < classes; k++) {
    for (let i = 0; i < m; i++) {
      let score = 0;
      for (let j = 0; j < d; j++) score += (weights[k * d + j] ?? 0) * (features[i * d + j] ?? 0);
      scores[i * classes + k] = score;
    }
  }
  const derivatives = Array.from({ length: m }, (_, i) => {
    const own = scores.subarray(i * classes, (i + 1) * classes);
    let sum = 0;
    let sumOfSquares = 0;
    for (let k = 0; k < classes; k++) {
      sum += own[k] ?? 0;
      sumOfSquares += (own[k] ?? 0) ** 2;
    }
    return loss({ target: own[labels[i] ?? 0] ?? 0, sum, sumOfSquares, classes });
  });
  for (let k = 0; k < classes; k++) {
    change.fill(0);
    for (const [i, { byTarget, bySumOfSquares, bySum }] of derivatives.entries()) {
      const byScore =
        (labels[i] === k ? byTarget : 0) + 2 * bySumOfSquares * (scores[i * classes + k] ?? 0) + bySum;
      for (let j = 0; j < d; j++) {
        change[j] = (change[j] ?? 0) + byScore * (features[i * d + j] ?? 0);
        gradient[i * d + j] = (gradient[i * d + j] ?? 0) + byScore * (weights[k * d + j] ?? 0);
      }
    }
    for (let j = 0; j < d; j++)
      weights[k * d + j] = (weights[k * d + j] ?? 0) - learningRate * (change[j] ?? 0);
  }
  return gradient;
}
