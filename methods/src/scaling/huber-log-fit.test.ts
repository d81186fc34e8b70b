import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { huberLogFit } from './huber-log-fit.ts';
import { linearStart } from './linear-start.ts';
import { solvePositiveDefinite } from './solve-positive-definite.ts';
import { expectClose } from './testing/expect-close.ts';

describe('solving a small positive definite system', () => {
  it('gives back x from A x', () => {
    const matrix = [
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ];
    const x = [1, -2, 3];
    const right = matrix.map((row) => row.reduce((sum, value, j) => sum + value * (x[j] ?? 0), 0));
    expectClose(solvePositiveDefinite(matrix, right) ?? [], x, 12);
  });

  it('says when there is no answer', () => {
    expect(solvePositiveDefinite([[0]], [1])).toBeUndefined();
    expect(solvePositiveDefinite([[Number.NaN]], [1])).toBeUndefined();
    expect(
      solvePositiveDefinite(
        [
          [1, 2],
          [2, 1],
        ],
        [1, 1],
      ),
    ).toBeUndefined();
  });
});

describe('the Huber fit of log residuals', () => {
  const x = Float64Array.from({ length: 80 }, (_, i) => 1 + i);
  const predict = ([logA = 0, b = 0]: Float64Array) => x.map((value) => Math.exp(logA) * value ** b);

  it('finds the constants of a law without noise', () => {
    const { theta, objective } = huberLogFit(predict, predict(Float64Array.of(1.5, -0.3)), [[0, 0]]);
    expectClose(theta, [1.5, -0.3], 6);
    expect(objective).toBeLessThan(1e-12);
  });

  it('is not moved by a few wild points, where least squares is', () => {
    const observed = predict(Float64Array.of(1.5, -0.3)).map((y, i) => (i % 20 === 0 ? 3 * y : y));
    expectClose(huberLogFit(predict, observed, [[0, 0]]).theta, [1.5, -0.3], 3);
    const [a = 0] = huberLogFit(predict, observed, [[0, 0]], { delta: 10 }).theta;
    expect(Math.abs(a - 1.5)).toBeGreaterThan(0.03);
  });

  it('with a wide δ is ordinary least squares in logs', () => {
    const random = pcg32(3);
    const observed = predict(Float64Array.of(0.2, 0.4)).map((y) => y * (1 + 0.2 * random.nextUnit()));
    const [logA, b] = linearLeastSquares(x.map(Math.log), observed.map(Math.log));
    expectClose(huberLogFit(predict, observed, [[0, 0]], { delta: 100 }).theta, [logA, b], 6);
  });

  it('ends where no neighbour is lower', () => {
    const random = pcg32(4);
    const observed = predict(Float64Array.of(0.2, 0.4)).map((y) => y * (1 + 0.2 * random.nextUnit()));
    const { theta, objective } = huberLogFit(predict, observed, [[0, 0]]);
    const at = (point: readonly number[]) =>
      huberLogFit(predict, observed, [point], { maxIterations: 0 }).objective;
    expect(at(theta)).toBe(objective);
    for (const [da, db] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
      [1, -1],
      [-1, 1],
    ] as const) {
      const [a = 0, b = 0] = theta;
      expect(at([a + 1e-3 * da, b + 1e-3 * db])).toBeGreaterThan(objective);
    }
  });

  it('keeps the best of several starts and passes over those where the law is not positive', () => {
    const observed = predict(Float64Array.of(1.5, -0.3));
    expect(
      huberLogFit(predict, observed, [
        [Number.NaN, 0],
        [1, 0],
      ]).objective,
    ).toBeLessThan(1e-12);
    expect(() => huberLogFit(predict, observed, [[Number.NaN, 0]])).toThrow('at none of the starts');
  });

  it('refuses observations that have no logarithm, or none at all', () => {
    expect(() => huberLogFit(() => [1], [0], [[0]])).toThrow(RangeError);
    expect(() => huberLogFit(() => [], [], [[0]])).toThrow(RangeError);
  });

  it('starts from constants that can be searched by their logarithm', () => {
    const columns = [x.map((value) => value ** -0.5)];
    expectClose(
      linearStart(
        x.map((value) => 2 + 3 * value ** -0.5),
        columns,
      ),
      [2, 3],
      6,
    );
    expect(
      linearStart(
        x.map((value) => 2 - 1e-3 * value),
        columns,
      ).every((value) => value > 0),
    ).toBe(true);
  });
});

/** [intercept, slope] by the textbook's sums. */
function linearLeastSquares(x: Float64Array, y: Float64Array): [number, number] {
  const n = x.length;
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const [sx, sy] = [sum(x), sum(y)];
  const slope =
    (n * sum(x.map((value, i) => value * (y[i] ?? 0))) - sx * sy) / (n * sum(x.map((v) => v * v)) - sx * sx);
  return [(sy - slope * sx) / n, slope];
}
