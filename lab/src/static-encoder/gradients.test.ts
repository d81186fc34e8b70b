// The gradient that goes from vectors into rows by hand, and the optimizer that walks with it.
import { describe, expect, it } from 'vitest';
import { bagsOf } from './bags.ts';
import { distillationLoss } from './distillation-loss.ts';
import { rowGradients } from './row-gradients.ts';
import { SparseAdam } from './sparse-adam.ts';
import { embed } from './token-table.ts';

const dimensions = 4;
const vectors = Float32Array.from({ length: 5 * dimensions }, (_, i) => Math.sin(3 * i + 1));
const bags = bagsOf(['0 1 1', '2 0', '3 3 1', '2 3'], (text) => Int32Array.from(text.split(' '), Number));

describe('the gradient in the rows', () => {
  it('agrees with finite differences of the whole loss, texts that share rows included', async () => {
    const lossOf = await distillationLoss(
      { batch: 1, listLength: 3, dimensions },
      { listwise: 1, contrast: 0.01 },
    );
    const measure = async (table: Float32Array<ArrayBuffer>) => {
      const query = embed({ dimensions, vectors: table }, bags, [0]);
      const papers = embed({ dimensions, vectors: table }, bags, [1, 2, 3]);
      const out = await lossOf({
        queries: query.vectors,
        papers: papers.vectors,
        scores: Float32Array.of(1, 0.6, 0.1),
        mask: Float32Array.of(0, 0, 1),
      });
      return { query, papers, out };
    };
    const { query, papers, out } = await measure(vectors);
    const sides = [
      rowGradients(bags, [0], query, out.queries, dimensions),
      rowGradients(bags, [1, 2, 3], papers, out.papers, dimensions),
    ];
    const gradient = new Float64Array(vectors.length);
    for (const { rows, gradients } of sides)
      for (const [i, row] of rows.entries())
        for (let d = 0; d < dimensions; d++)
          gradient[row * dimensions + d] =
            (gradient[row * dimensions + d] ?? 0) + (gradients[i * dimensions + d] ?? 0);
    const step = 5e-3;
    for (let i = 0; i < 4 * dimensions; i++) {
      const at = async (move: number) =>
        (await measure(vectors.map((v, j) => (j === i ? v + move : v)))).out.loss;
      const slope = ((await at(step)) - (await at(-step))) / (2 * step);
      expect(Math.abs((gradient[i] ?? 0) - slope)).toBeLessThan(0.02 + 0.02 * Math.abs(slope));
    }
  });

  it('is none for a text without rows', () => {
    const empty = bagsOf([''], () => new Int32Array(0));
    const nothing = embed({ dimensions, vectors }, empty, [0]);
    expect(nothing.norms[0]).toBe(0);
    expect(
      rowGradients(empty, [0], nothing, new Float32Array(dimensions).fill(1), dimensions).rows,
    ).toHaveLength(0);
  });
});

describe('the sparse optimizer', () => {
  it('takes a first step of the learning rate times the scale against the sign of the gradient, whatever its size', () => {
    const table = new Float32Array(3 * dimensions);
    const adam = new SparseAdam(3, dimensions);
    const gradients = Float32Array.of(5, -0.01, 1, -1);
    adam.step(table, { rows: Uint32Array.of(1), gradients }, 0.1, Float64Array.of(1, 0.5, 1));
    for (const [d, sign] of [-1, 1, -1, 1].entries())
      expect(table[dimensions + d]).toBeCloseTo(0.05 * sign, 4);
  });

  it('never moves a row that no batch touched', () => {
    const table = new Float32Array(3 * dimensions).fill(1);
    const adam = new SparseAdam(3, dimensions);
    for (let i = 0; i < 5; i++)
      adam.step(
        table,
        { rows: Uint32Array.of(1), gradients: new Float32Array(dimensions).fill(1) },
        0.1,
        new Float64Array(3).fill(1),
      );
    expect([...table.subarray(0, dimensions), ...table.subarray(2 * dimensions)]).toEqual(
      new Array(8).fill(1),
    );
  });
});
