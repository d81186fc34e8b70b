// A finished unit as a line of a file: checked when it is read back, so that a torn or damaged line is known as one.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { numberSchema, wordsForNumbers } from '../report/json-number.ts';

const recordSchema = z.object({
  arm: z.string(),
  seed: z.int().positive(),
  metrics: z.record(z.string(), numberSchema),
  series: z.array(
    z.object({ name: z.string(), x: z.array(numberSchema), y: z.array(numberSchema) }).readonly(),
  ),
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
  /** When the session that ran it began, and how long that had lasted when it was done: a run's time is the sum over its sessions. */
  session: z.string(),
  sessionSeconds: z.number(),
  finishedAt: z.string(),
});

export type UnitRecord = Readonly<z.output<typeof recordSchema>>;

const lineSchema = z.object({ check: z.string(), unit: z.string() });

/** One line, with its end. */
export function renderUnitRecord(record: UnitRecord): string {
  const unit = JSON.stringify(record, wordsForNumbers);
  return `${JSON.stringify({ check: checkOf(unit), unit })}\n`;
}

/** The unit of a line without its end; undefined when the line is not whole. */
export function parseUnitRecord(line: string): UnitRecord | undefined {
  const outer = lineSchema.safeParse(parseJson(line));
  if (!outer.success || checkOf(outer.data.unit) !== outer.data.check) return undefined;
  const record = recordSchema.safeParse(parseJson(outer.data.unit));
  return record.success ? record.data : undefined;
}

function checkOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
