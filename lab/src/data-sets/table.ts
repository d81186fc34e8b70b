// A numeric table: columns of equal length by name.

export interface Table {
  readonly rows: number;
  /** NaN where the value is missing. */
  readonly columns: Readonly<Record<string, Float64Array>>;
}
