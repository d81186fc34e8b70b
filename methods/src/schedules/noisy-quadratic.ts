// The wall of the valley in closed form: gradient descent on ½κv² whose gradient carries noise of variance σ².

export interface NoisyQuadratic {
  /** κ > 0. */
  readonly curvature: number;
  /** σ² ≥ 0, of the gradient at one step. */
  readonly noiseVariance: number;
}

/**
 * E[v²] after v ← v − η(κv + ξ), Var ξ = σ²: (1 − ηκ)²·E[v²] + η²σ².
 * @param square E[v²] before the step
 * @param learningRate η
 */
export function nextExpectedSquare(square: number, learningRate: number, wall: NoisyQuadratic): number {
  return (1 - learningRate * wall.curvature) ** 2 * square + learningRate ** 2 * wall.noiseVariance;
}

/**
 * What a constant rate never gets below: ½κE[v²] = ησ²/(2(2 − ηκ)).
 * @param learningRate η in [0, 2/κ), where it converges
 * @throws RangeError for a rate outside
 */
export function stationaryExcessLoss(learningRate: number, wall: NoisyQuadratic): number {
  if (!(learningRate >= 0 && learningRate * wall.curvature < 2)) {
    throw new RangeError('A rate converges on a quadratic from 0 up to below 2/κ.');
  }
  return (learningRate * wall.noiseVariance) / (2 * (2 - learningRate * wall.curvature));
}

/**
 * The rates that make E[v²] after the last of them as small as any rates can: η₁ = κE₀/(κ²E₀ + σ²) and from there
 * 1/ηₜ₊₁ = 1/ηₜ + κ – the inverse-proportional decay. The best first steps do not depend on how many follow.
 * @param square E₀ = E[v²] before the first step, above 0
 * @param steps how many rates
 * @returns `steps` rates, falling
 * @throws RangeError unless E₀ > 0 and the steps are a whole number
 */
export function optimalLearningRates(square: number, steps: number, wall: NoisyQuadratic): Float64Array {
  if (!(square > 0)) throw new RangeError('There is a best rate only where there is something to lose.');
  if (!Number.isInteger(steps) || steps < 0) throw new RangeError('Steps are a whole number.');
  const { curvature, noiseVariance } = wall;
  const first = (curvature ** 2 * square + noiseVariance) / (curvature * square);
  return Float64Array.from({ length: steps }, (_, t) => 1 / (first + t * curvature));
}
