// The control for focal loss: cross-entropy with its threshold moved until it raises as many alarms.
import { type Results, seriesOf } from '../../experiment/results.ts';

/** The curve that a run reports: for each share of patients with an alarm, the share of events among them. */
export const recallByAlarmsSeries = 'recall by alarms';

/**
 * Events found by the treatment minus those that the baseline finds when as many patients raise an alarm, one difference
 * a seed that both have. No outcome is needed to set such a threshold, so it could be set in use.
 */
export function recallAtAlarmsOf(results: Results, treatment: string, baseline: string): number[] {
  const curves = new Map(
    seriesOf(results, recallByAlarmsSeries, baseline).map((curve) => [curve.seed, curve]),
  );
  return results.runs
    .filter(({ arm }) => arm === treatment)
    .sort((a, b) => a.seed - b.seed)
    .flatMap(({ seed, metrics }) => {
      const curve = curves.get(seed);
      const { alarms, eventRecall } = metrics;
      if (curve === undefined || alarms === undefined || eventRecall === undefined) return [];
      return [eventRecall - interpolate(curve.x, curve.y, alarms)];
    });
}

/** The value at `at` of a curve drawn straight between its points, x rising; NaN outside it. */
function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  const above = x.findIndex((place) => place >= at);
  if (above === -1) return Number.NaN;
  const [x1 = Number.NaN, y1 = Number.NaN] = [x[above], y[above]];
  if (above === 0) return x1 === at ? y1 : Number.NaN;
  const [x0 = Number.NaN, y0 = Number.NaN] = [x[above - 1], y[above - 1]];
  return y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
}
