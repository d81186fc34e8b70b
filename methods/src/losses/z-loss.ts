// The Z-loss: a classifier is asked that the right class stand out among its scores, whatever their shift and scale.
// de Brébisson & Vincent 2016, https://arxiv.org/abs/1604.08859. Not the z-loss of PaLM, which penalises log²Z.
import { nn, numpy as np } from '@jax-js/jax';

export interface ZLossOptions {
  /** Sharpness, above 0: small is nearly linear in z, large nearly a hinge. 1 when left out. */
  readonly a?: number;
  /** The z beyond which the right class stands out enough. 0 when left out. */
  readonly b?: number;
}

/**
 * L_Z = softplus(a(b − z_c))/a with z_c = (o_c − μ)/σ, μ and σ the mean and the standard deviation of an example's logits;
 * ∂L/∂o_k = −sigmoid(a(b − z_c))/σ · (δ_kc − 1/D − z_k z_c/D). Since |z_c| ≤ √(D − 1) it has a floor above 0.
 * Logits that are all alike have σ = 0 and count as z_c = 0.
 * @param logits o, floats [..., D]; consumed
 * @param labels c, integers [...] in [0, D); consumed
 * @returns one value an example, [...]
 * @throws RangeError for a sharpness that is not above 0
 */
export function zLoss(logits: np.Array, labels: np.Array, { a = 1, b = 0 }: ZLossOptions = {}): np.Array {
  if (!(a > 0)) throw new RangeError('The sharpness a is above 0.');
  const classes = logits.shape.at(-1) ?? 0;
  const centred = logits.ref.sub(logits.mean(-1, { keepdims: true }));
  // The least single-precision square keeps the root's gradient finite where all logits are alike.
  const sigma = np.sqrt(np.square(centred.ref).mean(-1).add(1e-24));
  const z = centred.mul(nn.oneHot(labels, classes)).sum(-1).div(sigma);
  // Not the library's softplus, which overflows in single precision beyond 88.
  return np.logaddexp(z.neg().add(b).mul(a), 0).div(a);
}
