// Adam for a table of which every batch touches few rows: the moments of a row move only when the row does.
// Kingma & Ba 2015, https://arxiv.org/abs/1412.6980; "lazy" as in TensorFlow's LazyAdam.

/** Gradients of some rows of a table. */
export interface RowGradients {
  readonly rows: Uint32Array;
  /** Row by row, in the order of `rows`. */
  readonly gradients: Float32Array;
}

export interface SparseAdamOptions {
  readonly b1?: number;
  readonly b2?: number;
  readonly eps?: number;
}

/**
 * The optimizer's state over a table. A row's bias correction counts that row's own steps, so that a rare token's
 * first step is as long as a frequent one's. A batch that touches every row makes plain Adam of it.
 */
export class SparseAdam {
  readonly #dimensions: number;
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  readonly #steps: Uint32Array;
  readonly #options: Required<SparseAdamOptions>;

  constructor(rows: number, dimensions: number, options: SparseAdamOptions = {}) {
    this.#dimensions = dimensions;
    this.#first = new Float32Array(rows * dimensions);
    this.#second = new Float32Array(rows * dimensions);
    this.#steps = new Uint32Array(rows);
    this.#options = { b1: 0.9, b2: 0.999, eps: 1e-8, ...options };
  }

  /**
   * Moves the touched rows of `table`.
   *
   * @param scale by row of the table: the optimizer walks in units of it, as if the row were its direction times it.
   */
  step(
    table: Float32Array,
    { rows, gradients }: RowGradients,
    learningRate: number,
    scale: Float64Array,
  ): void {
    const { b1, b2, eps } = this.#options;
    const dimensions = this.#dimensions;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0;
      const taken = (this.#steps[row] ?? 0) + 1;
      this.#steps[row] = taken;
      const correction1 = 1 / (1 - b1 ** taken);
      const correction2 = 1 / (1 - b2 ** taken);
      const unit = scale[row] ?? 1;
      for (let d = 0; d < dimensions; d++) {
        const at = row * dimensions + d;
        const gradient = unit * (gradients[i * dimensions + d] ?? 0);
        const first = b1 * (this.#first[at] ?? 0) + (1 - b1) * gradient;
        const second = b2 * (this.#second[at] ?? 0) + (1 - b2) * gradient * gradient;
        this.#first[at] = first;
        this.#second[at] = second;
        const move = (first * correction1) / (Math.sqrt(second * correction2) + eps);
        table[at] = (table[at] ?? 0) - learningRate * unit * move;
      }
    }
  }
}
