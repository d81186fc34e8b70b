// Eight-bit weights: one scale for every column of a matrix, or for every row of a table.

export interface QuantisedMatrix {
  readonly values: Int8Array;
  /** One a column or a row: what 1 in `values` is worth. */
  readonly scales: Float32Array;
}

/**
 * Symmetric quantisation with a scale a column.
 *
 * @param matrix row-major, `rows × columns`.
 * @param limit the largest magnitude used. 127 is finest; 63 keeps the sum of two products of an unsigned and a
 *   signed byte within 16 bits, so that processors without VNNI, which saturate there, compute the same.
 */
export function quantiseColumns(matrix: Float32Array, columns: number, limit: number): QuantisedMatrix {
  const largest = new Float32Array(columns);
  for (let i = 0; i < matrix.length; i += 1) {
    const column = i % columns;
    largest[column] = Math.max(largest[column] ?? 0, Math.abs(matrix[i] ?? 0));
  }
  const scales = largest.map((value) => (value === 0 ? 1 : value / limit));
  const values = new Int8Array(matrix.length);
  for (let i = 0; i < matrix.length; i += 1)
    values[i] = Math.round((matrix[i] ?? 0) / (scales[i % columns] ?? 1));
  return { values, scales };
}

/** Symmetric quantisation with a scale a row; the largest magnitude of a row becomes 127. */
export function quantiseRows(table: Float32Array, columns: number): QuantisedMatrix {
  const values = new Int8Array(table.length);
  const scales = new Float32Array(table.length / columns);
  for (let row = 0; row < scales.length; row += 1) {
    const begin = row * columns;
    let largest = 0;
    for (let i = begin; i < begin + columns; i += 1) largest = Math.max(largest, Math.abs(table[i] ?? 0));
    const scale = largest === 0 ? 1 : largest / 127;
    scales[row] = scale;
    for (let i = begin; i < begin + columns; i += 1) values[i] = Math.round((table[i] ?? 0) / scale);
  }
  return { values, scales };
}

/** `rows × columns` to `columns × rows`. */
export function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      turned[column * rows + row] = matrix[row * columns + column] ?? 0;
  return turned;
}
