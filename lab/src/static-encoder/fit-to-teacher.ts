// The student's start made good: token vectors moved so that their sums are where the teacher puts whole texts.
import type { Bags } from './bags.ts';
import { ridge } from './ridge.ts';
import { embed, everyText, type TokenTable } from './token-table.ts';

/** Texts with the vectors that the teacher gives them, unit rows of the student's dimensions. */
export interface TaughtTexts {
  readonly bags: Bags;
  readonly targets: Float32Array;
}

export interface FitOptions {
  /** λ of the ridge; 0.2 when left out. */
  readonly penalty?: number;
  /** Conjugate gradient steps; 10 when left out. */
  readonly iterations?: number;
  readonly onIteration?: (done: number, total: number) => void;
}

/**
 * Ridge regression of the token vectors onto the teacher's vectors of whole texts, around the table given:
 * min Σᵢ |yᵢ − Σ_t c_it w_t (E_t + D_t) / nᵢ|² + λ Σ_t |D_t|², with nᵢ the length of text i's sum before.
 * Penalising the direction D_t and not the weighted vector lets every token move as easily, whatever it weighs.
 *
 * @param weights w, by which the rows of `table` are multiplied already.
 */
export function fitToTeacher(
  table: TokenTable,
  weights: Float64Array,
  { bags, targets }: TaughtTexts,
  { penalty = 0.2, iterations = 10, onIteration }: FitOptions = {},
): TokenTable {
  const { dimensions } = table;
  const { vectors, norms } = embed(table, bags, everyText(bags.offsets.length - 1));
  const values = new Float32Array(bags.counts.length);
  for (const [text, norm] of norms.entries()) {
    const end = bags.offsets[text + 1] ?? 0;
    for (let j = bags.offsets[text] ?? 0; j < end && norm > 0; j++)
      values[j] = ((bags.counts[j] ?? 0) * (weights[bags.rows[j] ?? 0] ?? 0)) / norm;
  }
  const residuals = vectors.map((value, i) => (targets[i] ?? 0) - value);
  const moved = ridge({ bags, values }, residuals, weights.length, dimensions, {
    penalty,
    iterations,
    onIteration: (done) => onIteration?.(done, iterations),
  });
  return {
    dimensions,
    vectors: table.vectors.map(
      (value, i) => value + (weights[Math.floor(i / dimensions)] ?? 0) * (moved[i] ?? 0),
    ),
  };
}
