// How every model's setting is chosen: the same number of settings, the same validation notes, the same measure.
import { auroc } from '@offprint/methods';
import type { Draw, Note } from './cohort.ts';

/** Settings that each model may choose from: strengths of its penalty, or moments to stop training. */
export const settings = 6;

/** Chances of the event for the notes that a model is judged on. */
export interface Forecast {
  readonly test: Float64Array;
  readonly smallTest: Float64Array;
}

/** A model under one setting. */
export interface Candidate {
  /** AUROC on the validation notes: blind to thresholds and to calibration, so fair to every loss. */
  readonly validationAuroc: number;
  readonly forecast: Forecast;
}

/** The chance of the event of each note, [notes]. */
export type Predict = (notes: readonly Note[]) => Promise<Float64Array>;

/** Judges a setting on the validation notes; forecasts only when it is the best so far, the first of equals. */
export async function better(
  best: Candidate | undefined,
  predict: Predict,
  draw: Draw,
  test: readonly Note[],
): Promise<Candidate> {
  const labels = draw.validation.map(({ label }) => label);
  const forecast = await predict(draw.validation);
  // A model that diverged ranks nothing.
  const validationAuroc = forecast.every(Number.isFinite) ? auroc(labels, forecast) : 0;
  if (best !== undefined && validationAuroc <= best.validationAuroc) return best;
  return {
    validationAuroc,
    forecast: { test: await predict(test), smallTest: await predict(draw.smallTest) },
  };
}
