// The three sizes at which an experiment runs.

/** `smoke` ≤ 10 s, in CI; `short` ≤ 3 min on 2 cores, what "Run it here" runs; `full` is what a verdict comes from. */
export const sizes = ['smoke', 'short', 'full'] as const;
export type Size = (typeof sizes)[number];
