// An output layer of any number of classes whose exact step of gradient descent costs the same for all of them, given a
// loss of the spherical family. Vincent, de Brébisson & Bouthillier 2015, https://arxiv.org/abs/1412.7091; the form with
// the sum of scores as in https://arxiv.org/abs/1604.08859
import type { SphericalLoss } from '../losses/spherical-family.ts';
import { addOuter, dot, identity, invert, multiply } from './small-matrix.ts';

export interface FactoredOutputOptions {
  /** D, classes. */
  readonly classes: number;
  /** d, features. */
  readonly width: number;
  /** After so many steps U is inverted afresh, and folded into V if it is ill-conditioned; 100 when left out. */
  readonly restabilizeEvery?: number;
}

export interface FactoredStep {
  /** The loss of each example before the step, [m]. */
  readonly losses: Float64Array;
  /** ∂L_i/∂h_i before the step, [m, d]: what is propagated below. */
  readonly gradient: Float64Array;
}

/** Above this, in the largest element of U times that of its inverse, U is folded into V. */
const worstCondition = 1e8;

/**
 * W = V·U + 1·ωᵀ, [D, d], of which a step touches only the rows V[c] of the classes seen, U [d, d] and ω [d]; beside it
 * Q = WᵀW and w̄ = Wᵀ1, from which Σo² = hᵀQh and Σo = w̄ᵀh without forming the scores o = W·h.
 * Float64 throughout. A step costs O(m·d² + d³) and is the dense step to rounding.
 */
export class FactoredOutput {
  readonly classes: number;
  readonly width: number;
  readonly #restabilizeEvery: number;
  #v: Float64Array;
  #u: Float64Array;
  #uInverse: Float64Array;
  #omega: Float64Array;
  #q: Float64Array;
  #w1: Float64Array;
  #steps = 0;

  /**
   * @param weights W to start from, [D, d] row after row; copied
   * @throws RangeError when their number is not D·d
   */
  constructor(weights: ArrayLike<number>, { classes, width, restabilizeEvery = 100 }: FactoredOutputOptions) {
    if (weights.length !== classes * width || weights.length === 0) {
      throw new RangeError(
        `The weights of ${classes} classes and ${width} features are as many as both multiplied.`,
      );
    }
    this.classes = classes;
    this.width = width;
    this.#restabilizeEvery = restabilizeEvery;
    this.#v = Float64Array.from(weights);
    this.#u = identity(width);
    this.#uInverse = identity(width);
    this.#omega = new Float64Array(width);
    this.#q = new Float64Array(width * width);
    this.#w1 = new Float64Array(width);
    for (let c = 0; c < classes; c++) {
      const row = this.#v.subarray(c * width, (c + 1) * width);
      addOuter(this.#q, row, row, 1);
      for (let j = 0; j < width; j++) this.#w1[j] = (this.#w1[j] ?? 0) + (row[j] ?? 0);
    }
  }

  /** W[c] = V[c]·U + ω, [d]. @throws RangeError for a class that there is not */
  row(label: number): Float64Array {
    if (!(Number.isInteger(label) && label >= 0 && label < this.classes)) {
      throw new RangeError('A label is not one of the classes.');
    }
    const d = this.width;
    const row = multiply(this.#v.subarray(label * d, (label + 1) * d), this.#u, 1, d, d);
    return row.map((value, j) => value + (this.#omega[j] ?? 0));
  }

  /** W as it stands, [D, d]; costs O(D·d²). */
  weights(): Float64Array {
    const d = this.width;
    const weights = multiply(this.#v, this.#u, this.classes, d, d);
    return weights.map((value, i) => value + (this.#omega[i % d] ?? 0));
  }

  /**
   * One step W ← W − η·Σᵢ ∂L_i/∂W.
   * @param features h, [m, d] row after row
   * @param labels the class of each example, [m]; one may occur several times
   * @param learningRate η; for the mean over the batch, η/m
   * @throws RangeError when the lengths do not fit or a label is not a class
   */
  step(
    features: Float64Array,
    labels: ArrayLike<number>,
    loss: SphericalLoss,
    learningRate: number,
  ): FactoredStep {
    const d = this.width;
    const m = labels.length;
    if (features.length !== m * d) throw new RangeError('There is one row of features for every label.');
    const eta = learningRate;
    const losses = new Float64Array(m);
    const gradient = new Float64Array(m * d);
    const p = identity(d);
    const r = new Float64Array(d);
    const e = new Float64Array(d);
    const seen = new Map<number, { row: Float64Array; pull: Float64Array }>();
    const qh = multiply(features, this.#q, m, d, d);
    for (let i = 0; i < m; i++) {
      const h = features.subarray(i * d, (i + 1) * d);
      const label = labels[i] ?? -1;
      const known = seen.get(label) ?? { row: this.row(label), pull: new Float64Array(d) };
      seen.set(label, known);
      const qhOfExample = qh.subarray(i * d, (i + 1) * d);
      const {
        loss: value,
        byTarget,
        bySumOfSquares,
        bySum,
      } = loss({
        target: dot(known.row, h),
        sumOfSquares: dot(h, qhOfExample),
        sum: dot(this.#w1, h),
        classes: this.classes,
      });
      losses[i] = value;
      for (let j = 0; j < d; j++) {
        gradient[i * d + j] =
          2 * bySumOfSquares * (qhOfExample[j] ?? 0) +
          bySum * (this.#w1[j] ?? 0) +
          byTarget * (known.row[j] ?? 0);
      }
      addOuter(p, h, h, -2 * eta * bySumOfSquares);
      addScaled(r, h, bySum);
      addScaled(e, h, byTarget);
      addScaled(known.pull, h, byTarget);
    }
    this.#updateStatistics({ p, r, e, eta, seen });
    this.#updateFactors({ p, r, eta, seen });
    this.#steps++;
    if (this.#steps % this.#restabilizeEvery === 0) this.#restabilize();
    return { losses, gradient };
  }

  /** Q and w̄ of W·P − η·1·rᵀ − η·A, A's rows being the pulls of the classes seen and e their sum. */
  #updateStatistics({ p, r, e, eta, seen }: Update & { readonly e: Float64Array }): void {
    const d = this.width;
    const pw = multiply(p, this.#w1, d, d, 1);
    const q = multiply(multiply(p, this.#q, d, d, d), p, d, d, d);
    const symmetric = (left: Float64Array, right: Float64Array, factor: number): void => {
      addOuter(q, left, right, factor);
      addOuter(q, right, left, factor);
    };
    symmetric(pw, r, -eta);
    addOuter(q, r, r, eta * eta * this.classes);
    symmetric(r, e, eta * eta);
    for (const { row, pull } of seen.values()) {
      symmetric(multiply(p, row, d, d, 1), pull, -eta);
      addOuter(q, pull, pull, eta * eta);
    }
    this.#q = q;
    this.#w1 = pw.map((value, j) => value - eta * this.classes * (r[j] ?? 0) - eta * (e[j] ?? 0));
  }

  /** U ← U·P, ω ← P·ω − η·r, and V[c] −= η·pull·U⁻¹ for the classes seen. */
  #updateFactors({ p, r, eta, seen }: Update): void {
    const d = this.width;
    const pInverse = invert(p, d);
    this.#u = multiply(this.#u, p, d, d, d);
    this.#omega = multiply(p, this.#omega, d, d, 1).map((value, j) => value - eta * (r[j] ?? 0));
    if (pInverse === undefined) {
      // A step that takes a direction of W to nothing leaves nothing to express V's change in: W is formed once.
      this.#fold();
    } else {
      this.#uInverse = multiply(pInverse, this.#uInverse, d, d, d);
    }
    for (const [label, { pull }] of seen) {
      addScaled(this.#v.subarray(label * d, (label + 1) * d), multiply(pull, this.#uInverse, 1, d, d), -eta);
    }
  }

  /** Rounding gathers in the inverse that is kept up step by step: it is made anew, or U is folded into V. */
  #restabilize(): void {
    const inverse = invert(this.#u, this.width);
    if (inverse === undefined || largest(inverse) * largest(this.#u) > worstCondition) this.#fold();
    else this.#uInverse = inverse;
  }

  /** V ← V·U, U ← I: the same W, at a cost of O(D·d²). */
  #fold(): void {
    this.#v = multiply(this.#v, this.#u, this.classes, this.width, this.width);
    this.#u = identity(this.width);
    this.#uInverse = identity(this.width);
  }
}

interface Update {
  readonly p: Float64Array;
  readonly r: Float64Array;
  readonly eta: number;
  /** W's row before the step, and Σ ∂L/∂o_c·h over the class's examples. */
  readonly seen: ReadonlyMap<number, { readonly row: Float64Array; readonly pull: Float64Array }>;
}

function addScaled(target: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + factor * (values[i] ?? 0);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
