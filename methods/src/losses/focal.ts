// Focal loss: cross-entropy that looks away from what is already answered well.
// Lin et al. 2017, https://arxiv.org/abs/1708.02002, eq. 4 and 5
import { nn, numpy as np } from '@jax-js/jax';

export interface FocalOptions {
  /** γ ≥ 0, 2 when left out; 0 is (weighted) cross-entropy. */
  readonly gamma?: number;
  /** α: one weight for all classes or one a class, [C]; 1 when left out. The paper's binary .25 is `[0.75, 0.25]`. */
  readonly alpha?: number | readonly number[];
}

/**
 * FL = −α_y (1 − p_y)^γ log p_y with p = softmax(logits). With γ = 0 and α_c = n/(C·n_c) it is class-weighted
 * cross-entropy.
 * @param logits floats [B, C]; consumed
 * @param labels classes as int32 [B]; consumed
 * @returns one value an example, [B]
 * @throws RangeError for a negative γ, a negative weight, or as many weights as there are not classes
 */
export function focalLoss(logits: np.Array, labels: np.Array, options: FocalOptions = {}): np.Array {
  const { gamma = 2, alpha = 1 } = options;
  if (!(gamma >= 0)) throw new RangeError('Gamma is 0 or more.');
  const [, classes] = logits.shape;
  if (logits.ndim !== 2 || classes === undefined) throw new RangeError('Logits have rows and classes.');
  const weights = typeof alpha === 'number' ? new Array<number>(classes).fill(alpha) : [...alpha];
  if (weights.length !== classes) throw new RangeError('Every class needs its weight.');
  if (!weights.every((weight) => weight >= 0)) throw new RangeError('A weight is 0 or more.');
  const target = nn.oneHot(labels, classes).astype(np.float32);
  const logP = nn.logSoftmax(logits, -1);
  const targetLogP = logP.ref.mul(target.ref).sum(-1);
  const weighted = targetLogP.ref.neg().mul(np.array(weights).mul(target.ref).sum(-1));
  if (gamma === 0) {
    targetLogP.dispose();
    target.dispose();
    logP.dispose();
    return weighted;
  }
  targetLogP.dispose();
  // 1 − p_y as the sum of the others: the subtraction would lose its digits where the answer is nearly certain.
  const others = np.exp(logP).mul(np.array(1).sub(target)).sum(-1);
  return toThe(others, gamma).mul(weighted);
}

/** base^γ; whole exponents by multiplication, which is exact where `power` loses two digits to exp and log. */
function toThe(base: np.Array, gamma: number): np.Array {
  if (!Number.isInteger(gamma) || gamma > 8) return np.power(np.maximum(base, tiny), gamma);
  let product = base.ref;
  for (let factor = 1; factor < gamma; factor++) product = product.mul(base.ref);
  base.dispose();
  return product;
}

/** Keeps the slope of (1 − p)^γ finite where 1 − p is 0 in single precision and γ < 1. */
const tiny = 1e-30;
