// How every model's setting is chosen: the same number of settings, the same validation notes, the same measure.
import { auroc } from '@offprint/methods';
import type { Note } from './cohort.ts';

/** Settings that each model may choose from: strengths of its penalty, or moments to stop training. */
export const settings = 6;

/** The chance of the event of each note, [notes]. */
export type Predict = (notes: readonly Note[]) => Promise<Float64Array>;

/**
 * How well a setting ranks the validation notes: AUROC, blind to thresholds and to calibration and so fair to every loss.
 * 0 for a model that diverged, which ranks nothing. Of equal settings the first is kept.
 */
export async function validate(predict: Predict, validation: readonly Note[]): Promise<number> {
  const chances = await predict(validation);
  if (!chances.every(Number.isFinite)) return 0;
  return auroc(
    validation.map(({ label }) => label),
    chances,
  );
}
