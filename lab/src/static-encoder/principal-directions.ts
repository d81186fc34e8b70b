// Fewer numbers a vector: the directions in which the teacher's vectors differ most.
import { pcg32 } from '@offprint/methods';

/**
 * The `kept` leading eigenvectors of YᵀY, row by row, by orthogonal iteration: the subspace in which the dot products
 * of the given vectors are kept best. Not centred, for it is dot products that rank.
 *
 * @param vectors Y, rows of `dimensions`.
 * @see Golub & Van Loan, Matrix Computations, §8.2.4
 */
export function principalDirections(vectors: Float32Array, dimensions: number, kept: number): Float64Array {
  const gram = gramMatrix(vectors, dimensions);
  const random = pcg32(1);
  let basis = Float64Array.from({ length: kept * dimensions }, () => random.nextUnit() - 0.5);
  for (let iteration = 0; iteration < 40; iteration++) {
    orthonormalise(basis, kept, dimensions);
    if (iteration === 39) break;
    const turned = new Float64Array(basis.length);
    for (let k = 0; k < kept; k++)
      for (let i = 0; i < dimensions; i++) {
        const factor = basis[k * dimensions + i] ?? 0;
        for (let j = 0; j < dimensions; j++)
          turned[k * dimensions + j] =
            (turned[k * dimensions + j] ?? 0) + factor * (gram[i * dimensions + j] ?? 0);
      }
    basis = turned;
  }
  return basis;
}

/** The coordinates of vectors along directions, row by row, each brought back to length 1. */
export function projected(vectors: Float32Array, dimensions: number, directions: Float64Array): Float32Array {
  const kept = directions.length / dimensions;
  const count = vectors.length / dimensions;
  const coordinates = new Float32Array(count * kept);
  for (let row = 0; row < count; row++) {
    let squares = 0;
    for (let k = 0; k < kept; k++) {
      let dot = 0;
      for (let i = 0; i < dimensions; i++)
        dot += (vectors[row * dimensions + i] ?? 0) * (directions[k * dimensions + i] ?? 0);
      coordinates[row * kept + k] = dot;
      squares += dot * dot;
    }
    const norm = Math.sqrt(squares);
    if (norm > 0)
      for (let k = 0; k < kept; k++) coordinates[row * kept + k] = (coordinates[row * kept + k] ?? 0) / norm;
  }
  return coordinates;
}

function gramMatrix(vectors: Float32Array, dimensions: number): Float64Array {
  const gram = new Float64Array(dimensions * dimensions);
  for (let base = 0; base < vectors.length; base += dimensions)
    for (let i = 0; i < dimensions; i++) {
      const factor = vectors[base + i] ?? 0;
      for (let j = 0; j < dimensions; j++)
        gram[i * dimensions + j] = (gram[i * dimensions + j] ?? 0) + factor * (vectors[base + j] ?? 0);
    }
  return gram;
}

/** Modified Gram–Schmidt on the rows. */
function orthonormalise(basis: Float64Array, rows: number, dimensions: number): void {
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += (basis[a + i] ?? 0) * (basis[b + i] ?? 0);
    return sum;
  };
  for (let k = 0; k < rows; k++) {
    const at = k * dimensions;
    for (let earlier = 0; earlier < k; earlier++) {
      const shared = dot(at, earlier * dimensions);
      for (let i = 0; i < dimensions; i++)
        basis[at + i] = (basis[at + i] ?? 0) - shared * (basis[earlier * dimensions + i] ?? 0);
    }
    const norm = Math.sqrt(dot(at, at)) || 1;
    for (let i = 0; i < dimensions; i++) basis[at + i] = (basis[at + i] ?? 0) / norm;
  }
}
