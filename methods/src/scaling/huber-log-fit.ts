// Fits a law of a few constants to losses: the Huber loss of log residuals, minimised by Levenberg–Marquardt in float64.
import { solvePositiveDefinite } from './solve-positive-definite.ts';

export interface HuberLogFitOptions {
  /** Where the Huber loss turns from square to linear, in log units; 1e-3 when left out. */
  readonly delta?: number;
  /** Steps from each start; 400 when left out. */
  readonly maxIterations?: number;
  /** A start ends after three steps that lower the objective by less than this share; 1e-10 when left out. */
  readonly tolerance?: number;
}

export interface HuberLogFit {
  /** The best constants found. */
  readonly theta: readonly number[];
  /** Σ ρ_δ(log y − log ŷ) there. */
  readonly objective: number;
  /** Steps taken from the start that won. */
  readonly iterations: number;
}

/**
 * Minimises Σᵢ ρ_δ(log yᵢ − log ŷᵢ(θ)), ρ_δ(r) = r²/2 for |r| ≤ δ and δ(|r| − δ/2) beyond, from several starts; the best
 * is kept. Each step is Gauss–Newton on the reweighted squares (weight min(1, δ/|r|), which majorises ρ_δ) with Marquardt's
 * damping, and is taken only when it lowers the objective. Derivatives are central differences.
 * @param predict ŷ(θ), [n], positive where θ is admissible; anything else counts as infinitely bad
 * @param observed y, [n], positive
 * @param starts one θ or more; a constant that must stay positive is best given as its logarithm
 * @throws RangeError when there is nothing to fit, an observation is not positive, or no start is admissible
 * @see Hoffmann et al. 2022, https://arxiv.org/abs/2203.15556, appendix D.2 for the objective; Marquardt 1963
 */
export function huberLogFit(
  predict: (theta: Float64Array) => ArrayLike<number>,
  observed: ArrayLike<number>,
  starts: readonly ArrayLike<number>[],
  options: HuberLogFitOptions = {},
): HuberLogFit {
  const target = Float64Array.from(observed, Math.log);
  if (target.length === 0) throw new RangeError('There is nothing to fit.');
  if (!target.every(Number.isFinite)) throw new RangeError('An observation is not a positive number.');
  let best: HuberLogFit | undefined;
  for (const start of starts) {
    const fit = descend(predict, target, Float64Array.from(start), options);
    if (Number.isFinite(fit.objective) && (best === undefined || fit.objective < best.objective)) best = fit;
  }
  if (best === undefined) throw new RangeError('The law is positive at none of the starts.');
  return best;
}

type Predict = (theta: Float64Array) => ArrayLike<number>;

function descend(
  predict: Predict,
  target: Float64Array,
  start: Float64Array,
  { delta = 1e-3, maxIterations = 400, tolerance = 1e-10 }: HuberLogFitOptions,
): HuberLogFit {
  let theta = start;
  let residuals = residualsOf(predict, target, theta);
  let objective = huberSum(residuals, delta);
  let damping = 1e-3;
  let idle = 0;
  let iterations = 0;
  while (Number.isFinite(objective) && iterations < maxIterations && idle < 3 && damping < 1e12) {
    iterations++;
    const step = dampedStep(residuals, jacobian(predict, theta, target.length), damping, delta);
    const next = theta.map((value, j) => value + (step?.[j] ?? Number.NaN));
    const nextResiduals = residualsOf(predict, target, next);
    const nextObjective = huberSum(nextResiduals, delta);
    if (nextObjective < objective) {
      idle = objective - nextObjective < tolerance * objective ? idle + 1 : 0;
      [theta, residuals, objective] = [next, nextResiduals, nextObjective];
      damping = Math.max(damping / 5, 1e-12);
    } else {
      damping *= 4;
    }
  }
  return { theta: [...theta], objective, iterations };
}

/** log y − log ŷ, [n]; NaN where ŷ is not positive. */
function residualsOf(predict: Predict, target: Float64Array, theta: Float64Array): Float64Array {
  const predicted = predict(theta);
  return target.map((value, i) => value - Math.log(predicted[i] ?? Number.NaN));
}

/** Σ ρ_δ(r); infinite when a residual is not a number. */
function huberSum(residuals: Float64Array, delta: number): number {
  let sum = 0;
  for (const residual of residuals) {
    const size = Math.abs(residual);
    sum += size <= delta ? (size * size) / 2 : delta * (size - delta / 2);
  }
  return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
}

/** ∂ log ŷᵢ/∂θⱼ, one column a constant. */
function jacobian(predict: Predict, theta: Float64Array, n: number): Float64Array[] {
  return Array.from(theta, (value, j) => {
    const h = 1e-6 * Math.max(1, Math.abs(value));
    const above = predict(theta.with(j, value + h));
    const below = predict(theta.with(j, value - h));
    return Float64Array.from(
      { length: n },
      (_, i) => (Math.log(above[i] ?? Number.NaN) - Math.log(below[i] ?? Number.NaN)) / (2 * h),
    );
  });
}

/** Solves (JᵀWJ + μ diag JᵀWJ) d = JᵀWr; undefined where that has no solution. */
function dampedStep(
  residuals: Float64Array,
  columns: readonly Float64Array[],
  damping: number,
  delta: number,
): Float64Array | undefined {
  const weights = residuals.map((residual) => Math.min(1, delta / Math.max(Math.abs(residual), 1e-300)));
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += (weights[i] ?? 0) * (a[i] ?? 0) * (b[i] ?? 0);
    return sum;
  };
  const matrix = columns.map((row, j) =>
    columns.map((column, k) => dot(row, column) * (j === k ? 1 + damping : 1)),
  );
  return solvePositiveDefinite(
    matrix,
    columns.map((column) => dot(column, residuals)),
  );
}
