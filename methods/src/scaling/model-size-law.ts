// How the loss falls with the size of a model, and which size a loss speaks for: the ruler of wasted capacity.
// Hernandez et al. 2022, Scaling Laws and Interpretability of Learning from Repeated Data, https://arxiv.org/abs/2205.10487
import { linearRegression } from '../statistics/linear-regression.ts';

/** L(N) = (Nc/N)^α, a straight line of ln L on ln N. */
export interface LossPowerLaw {
  /** α: how steeply the loss falls. */
  readonly exponent: number;
  /** Nc, the size at which the loss would be 1 nat. */
  readonly scale: number;
}

/**
 * Least squares of ln L on ln N.
 * @param sizes N > 0, numbers of parameters of models trained without repetition
 * @param losses L > 0, of each, in nats
 * @throws RangeError for fewer than three models, equal sizes, other lengths, or a value that is not above 0 and finite
 * @see Kaplan et al. 2020, https://arxiv.org/abs/2001.08361, eq. 1.1
 */
export function fitLossPowerLaw(sizes: readonly number[], losses: readonly number[]): LossPowerLaw {
  if (![...sizes, ...losses].every((value) => value > 0 && Number.isFinite(value))) {
    throw new RangeError('Sizes and losses are finite numbers above 0.');
  }
  const { slope, intercept } = linearRegression(sizes.map(Math.log), losses.map(Math.log));
  return { exponent: -slope, scale: Math.exp(-intercept / slope) };
}

/** L(N) of a fitted law. */
export function lossOfSize(size: number, { exponent, scale }: LossPowerLaw): number {
  return (scale / size) ** exponent;
}

/**
 * N_eff = L⁻¹(loss): the size that would reach this loss without repetition.
 * @param loss in nats, above 0
 * @throws RangeError for a loss that is not above 0, or a law whose loss does not fall with size
 */
export function effectiveParameters(loss: number, { exponent, scale }: LossPowerLaw): number {
  if (!(loss > 0)) throw new RangeError('A loss is above 0.');
  if (!(exponent > 0)) throw new RangeError('Sizes can be read only off a loss that falls with size.');
  return scale / loss ** (1 / exponent);
}

/**
 * The epochs over the repeated tenth of 100 billion tokens between which at least half of the worst damage is done, as
 * the paper fits them over its models of 1.5 to 800 million parameters: E = k·N^α at either edge.
 * @param parameters N
 * @see the paper's figure of the damaged band: left k = 4.2e6, α = −0.56; right k = 5.1e7, α = −0.50
 */
export function repetitionBand(parameters: number): { readonly from: number; readonly to: number } {
  return { from: 4.2e6 * parameters ** -0.56, to: 5.1e7 * parameters ** -0.5 };
}
