// Token vectors by regression: sums of them shall be where the teacher puts whole texts, and stay near where they were.
import type { Bags } from './bags.ts';

export interface RidgeOptions {
  /** How firmly a vector stays where it was; one text that consists of the token alone weighs 1. */
  readonly penalty: number;
  readonly iterations: number;
  readonly onIteration?: (done: number) => void;
}

/** Texts as scaled bags: entry j of a text weighs `values[j]`. */
export interface ScaledBags {
  readonly bags: Bags;
  readonly values: Float32Array;
}

/**
 * The D that minimises ‖A D − R‖² + λ ‖D‖² for a sparse A, all columns at once, by conjugate gradients on the normal
 * equations with the diagonal as preconditioner. Stops at `iterations`: stopping early is a mild penalty of its own.
 *
 * @param residuals R, texts × dimensions.
 * @param size rows of D.
 * @returns D, size × dimensions; zero where no text holds the row.
 * @see Hestenes & Stiefel 1952; Golub & Van Loan, Matrix Computations, §11.5 (CGNR, preconditioned)
 */
export function ridge(
  matrix: ScaledBags,
  residuals: Float32Array,
  size: number,
  dimensions: number,
  { penalty, iterations, onIteration }: RidgeOptions,
): Float32Array {
  const solution = new Float32Array(size * dimensions);
  const remainder = new Float32Array(size * dimensions);
  addTransposed(matrix, residuals, remainder, dimensions);
  const diagonal = diagonalOf(matrix, size, penalty);
  const direction = scaledByRow(remainder, diagonal, dimensions);
  const texts = matrix.bags.offsets.length - 1;
  const image = new Float32Array(texts * dimensions);
  const curved = new Float32Array(size * dimensions);
  let energy = columnDots(remainder, direction, dimensions);
  for (let iteration = 0; iteration < iterations; iteration++) {
    multiply(matrix, direction, image, dimensions);
    for (let i = 0; i < curved.length; i++) curved[i] = penalty * (direction[i] ?? 0);
    addTransposed(matrix, image, curved, dimensions);
    const step = ratios(energy, columnDots(direction, curved, dimensions));
    addColumns(solution, direction, step, 1, dimensions);
    addColumns(remainder, curved, step, -1, dimensions);
    const preconditioned = scaledByRow(remainder, diagonal, dimensions);
    const next = columnDots(remainder, preconditioned, dimensions);
    turn(direction, preconditioned, ratios(next, energy), dimensions);
    energy = next;
    onIteration?.(iteration + 1);
  }
  return solution;
}

/** out = A x. */
function multiply(
  { bags, values }: ScaledBags,
  x: Float32Array,
  out: Float32Array,
  dimensions: number,
): void {
  out.fill(0);
  for (let text = 0; text + 1 < bags.offsets.length; text++) {
    const to = text * dimensions;
    const end = bags.offsets[text + 1] ?? 0;
    for (let j = bags.offsets[text] ?? 0; j < end; j++) {
      const value = values[j] ?? 0;
      const from = (bags.rows[j] ?? 0) * dimensions;
      for (let d = 0; d < dimensions; d++) out[to + d] = (out[to + d] ?? 0) + value * (x[from + d] ?? 0);
    }
  }
}

/** out += Aᵀ y. */
function addTransposed(
  { bags, values }: ScaledBags,
  y: Float32Array,
  out: Float32Array,
  dimensions: number,
): void {
  for (let text = 0; text + 1 < bags.offsets.length; text++) {
    const from = text * dimensions;
    const end = bags.offsets[text + 1] ?? 0;
    for (let j = bags.offsets[text] ?? 0; j < end; j++) {
      const value = values[j] ?? 0;
      const to = (bags.rows[j] ?? 0) * dimensions;
      for (let d = 0; d < dimensions; d++) out[to + d] = (out[to + d] ?? 0) + value * (y[from + d] ?? 0);
    }
  }
}

/** diag(AᵀA) + λ. */
function diagonalOf({ bags, values }: ScaledBags, size: number, penalty: number): Float64Array {
  const diagonal = new Float64Array(size).fill(penalty);
  for (let j = 0; j < values.length; j++) {
    const row = bags.rows[j] ?? 0;
    diagonal[row] = (diagonal[row] ?? 0) + (values[j] ?? 0) ** 2;
  }
  return diagonal;
}

function scaledByRow(x: Float32Array, diagonal: Float64Array, dimensions: number): Float32Array {
  const scaled = new Float32Array(x.length);
  for (let row = 0; row < diagonal.length; row++) {
    const factor = 1 / (diagonal[row] ?? 1);
    const end = (row + 1) * dimensions;
    for (let i = row * dimensions; i < end; i++) scaled[i] = factor * (x[i] ?? 0);
  }
  return scaled;
}

function columnDots(a: Float32Array, b: Float32Array, dimensions: number): Float64Array {
  const dots = new Float64Array(dimensions);
  for (let base = 0; base < a.length; base += dimensions)
    for (let d = 0; d < dimensions; d++) dots[d] = (dots[d] ?? 0) + (a[base + d] ?? 0) * (b[base + d] ?? 0);
  return dots;
}

function ratios(above: Float64Array, below: Float64Array): Float64Array {
  return above.map((value, d) => ((below[d] ?? 0) > 0 ? value / (below[d] ?? 1) : 0));
}

/** x += sign · y · diag(factors). */
function addColumns(
  x: Float32Array,
  y: Float32Array,
  factors: Float64Array,
  sign: 1 | -1,
  dimensions: number,
): void {
  for (let base = 0; base < x.length; base += dimensions)
    for (let d = 0; d < dimensions; d++)
      x[base + d] = (x[base + d] ?? 0) + sign * (factors[d] ?? 0) * (y[base + d] ?? 0);
}

/** x = y + x · diag(factors). */
function turn(x: Float32Array, y: Float32Array, factors: Float64Array, dimensions: number): void {
  for (let base = 0; base < x.length; base += dimensions)
    for (let d = 0; d < dimensions; d++)
      x[base + d] = (y[base + d] ?? 0) + (factors[d] ?? 0) * (x[base + d] ?? 0);
}
