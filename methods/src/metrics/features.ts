// The features of n items as one matrix: what representations are compared by.

export interface Features {
  /** [rows · columns], row by row: one item a row. */
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
}

/**
 * @throws RangeError unless the values fill the shape with finite numbers and there are `atLeast` rows
 */
export function checkFeatures({ values, rows, columns }: Features, atLeast: number): void {
  for (const size of [rows, columns]) {
    if (!Number.isSafeInteger(size) || size < 1) throw new RangeError('Features have rows and columns.');
  }
  if (values.length !== rows * columns) throw new RangeError('The values must fill the rows and columns.');
  if (rows < atLeast) throw new RangeError(`At least ${atLeast} rows are needed.`);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError('A feature is not a finite number.');
  }
}

/** The rows from `from` up to before `to`. */
export function rowsOf({ values, columns }: Features, from: number, to: number): Features {
  const part = new Float64Array((to - from) * columns);
  for (let i = 0; i < part.length; i++) part[i] = values[from * columns + i] ?? 0;
  return { values: part, rows: to - from, columns };
}
