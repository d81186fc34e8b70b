// Numbers in JSON, which has none for what a diverging arm measures: NaN and the infinities are written as words.
import { z } from 'zod';

/** A number, or one of the three words for those that JSON cannot write. */
export const numberSchema = z
  .union([z.number(), z.literal('NaN'), z.literal('Infinity'), z.literal('-Infinity')])
  .transform(Number);

/** The `replacer` of `JSON.stringify` that writes the three words. */
export function wordsForNumbers(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
