// What `result.json` holds: everything that is needed to believe a verdict, to draw it and to decide it again.
import { z } from 'zod';
import { verdicts } from '../experiment/claim.ts';
import type { Results } from '../experiment/results.ts';
import { sizes } from '../experiment/size.ts';
import { LabError } from '../lab-error.ts';
import { numberSchema, wordsForNumbers } from './json-number.ts';

const seedSchema = z.int().positive();

const findingSchema = z.object({
  name: z.string(),
  estimate: numberSchema,
  low: numberSchema.optional(),
  high: numberSchema.optional(),
  unit: z.string().optional(),
  criterion: z.string().optional(),
  holds: z.boolean().optional(),
});

const storedResultSchema = z.object({
  format: z.literal(1),
  /** The experiment's folder, `NN-name`. */
  id: z.string(),
  size: z.enum(sizes),
  /** SHA-256 of the code that ran, as it was built: the experiment, its claim and all that they use of the house. */
  code: z.string(),
  /** Of Offprint, Node and the array library. */
  versions: z.record(z.string(), z.string()),
  machine: z.object({
    processor: z.string(),
    cores: z.int(),
    memoryBytes: z.number(),
    platform: z.string(),
    /** `wasm` or `webgpu`. */
    device: z.string(),
  }),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** Of all sessions of a run that was resumed. */
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
  runs: z.array(
    z.object({
      arm: z.string(),
      seed: seedSchema,
      metrics: z.record(z.string(), numberSchema),
      wallSeconds: z.number(),
      cpuSeconds: z.number(),
    }),
  ),
  series: z.array(
    z.object({
      arm: z.string(),
      seed: seedSchema,
      name: z.string(),
      x: z.array(numberSchema),
      y: z.array(numberSchema),
    }),
  ),
  decision: z.object({ verdict: z.enum(verdicts), sentence: z.string(), findings: z.array(findingSchema) }),
});

export type StoredResult = z.output<typeof storedResultSchema>;

/**
 * Reads a `result.json`.
 * @throws LabError `damaged-file` when it is not one
 */
export function parseResult(text: string): StoredResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LabError('damaged-file', 'The result is not JSON; run the experiment again.', { cause });
  }
  const parsed = storedResultSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LabError(
    'damaged-file',
    `The result is damaged at ${issue?.path.join('.') ?? 'its root'}: ${issue?.message ?? 'unreadable'}. Run the experiment again.`,
  );
}

/** The text of a `result.json`: a line a run and a series, so that two of them can be compared by eye. */
export function renderResult(result: StoredResult): string {
  const { runs, series, ...rest } = result;
  const line = (value: unknown): string => JSON.stringify(value, wordsForNumbers);
  const list = (values: readonly unknown[]): string =>
    values.map((value) => `\n    ${line(value)}`).join(',');
  const head = JSON.stringify(rest, wordsForNumbers, 2).slice(0, -2);
  return `${head},\n  "runs": [${list(runs)}\n  ],\n  "series": [${list(series)}\n  ]\n}\n`;
}

/** The part that rules and plots ask. */
export function resultsOf({ size, runs, series }: StoredResult): Results {
  return { size, runs, series };
}
