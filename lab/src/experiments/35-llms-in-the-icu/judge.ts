// Everything that is measured of one forecast: on the large test set what is true, on the small one what is reported.
import {
  accuracy,
  auprc,
  auroc,
  balancedAccuracy,
  brier,
  confusionMatrix,
  ece,
  mcnemarExact,
  perClass,
  type Random,
  recall,
  simulatePower,
} from '@offprint/methods';
import type { Metrics } from '../../experiment/results.ts';
import type { Note } from './cohort.ts';

/** Chances of the event for the notes that a model is judged on. */
export interface Forecast {
  readonly test: Float64Array;
  readonly smallTest: Float64Array;
}

const threshold = 0.5;

const labelsOf = (notes: readonly Note[]): number[] => notes.map(({ label }) => label);
const answersOf = (chances: Float64Array): number[] => Array.from(chances, (p) => (p >= threshold ? 1 : 0));

/**
 * The measures of a forecast, shares in [0, 1]; NaN throughout when it diverged. `weightedRecall` is what the paper
 * reports; `identityGap` is how far it is from accuracy, computed apart.
 */
export function judge(forecast: Forecast, test: readonly Note[], smallTest: readonly Note[]): Metrics {
  if (![forecast.test, forecast.smallTest].every((chances) => chances.every(Number.isFinite)))
    return diverged;
  const labels = labelsOf(test);
  const answers = answersOf(forecast.test);
  const matrix = confusionMatrix(labels, answers, 2);
  const small = confusionMatrix(labelsOf(smallTest), answersOf(forecast.smallTest), 2);
  const event = perClass(matrix);
  const right = answers.filter((answer, i) => answer === labels[i]).length;
  return {
    weightedRecall: recall(matrix, 'weighted'),
    identityGap: Math.abs(recall(matrix, 'weighted') - right / labels.length),
    balancedAccuracy: balancedAccuracy(matrix),
    eventRecall: event.recall[1] ?? Number.NaN,
    eventPrecision: event.precision[1] ?? Number.NaN,
    alarms: answers.filter((answer) => answer === 1).length / answers.length,
    auroc: auroc(labels, forecast.test),
    auprc: auprc(labels, forecast.test),
    brier: brier(labels, forecast.test),
    ece: ece(labels, forecast.test, 10),
    smallWeightedRecall: accuracy(small),
    smallBalancedAccuracy: balancedAccuracy(small),
  };
}

const diverged: Metrics = Object.fromEntries(
  [
    'weightedRecall',
    'identityGap',
    'balancedAccuracy',
    'eventRecall',
    'eventPrecision',
    'alarms',
    'auroc',
    'auprc',
    'brier',
    'ece',
    'smallWeightedRecall',
    'smallBalancedAccuracy',
  ].map((name) => [name, Number.NaN]),
);

/**
 * The share of events found among the patients at highest risk, for each share of patients that raises an alarm: what
 * any threshold could bring.
 */
export function recallByAlarms(
  chances: Float64Array,
  test: readonly Note[],
): { alarms: number; recall: number }[] {
  const counts = Array.from({ length: alarmSteps + 1 }, (_, i) => Math.round((i * test.length) / alarmSteps));
  const recalls = recallsWithAlarms(chances, test, counts);
  return counts.map((count, i) => ({ alarms: count / test.length, recall: recalls[i] ?? Number.NaN }));
}

/**
 * The share of events found when so many patients at highest risk raise an alarm. Such a threshold needs no outcome to
 * be set. Of patients at equal risk any may raise it: the share is what is found on average.
 * @param counts numbers of alarms, rising
 */
export function recallsWithAlarms(
  chances: Float64Array,
  test: readonly Note[],
  counts: readonly number[],
): number[] {
  const order = Array.from(chances.keys()).sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0));
  const events = labelsOf(test).reduce((sum, label) => sum + label, 0);
  const recalls: number[] = [];
  let found = 0;
  for (let from = 0; from < order.length; ) {
    const risk = chances[order[from] ?? -1];
    let to = from;
    let inGroup = 0;
    for (; to < order.length && chances[order[to] ?? -1] === risk; to++)
      inGroup += test[order[to] ?? -1]?.label ?? 0;
    for (let next = counts[recalls.length]; next !== undefined && next <= to; next = counts[recalls.length]) {
      recalls.push((found + (inGroup * (next - from)) / (to - from)) / events);
    }
    found += inGroup;
    from = to;
  }
  return recalls;
}

const alarmSteps = 50;

/** How two forecasts' answers disagree on the same patients, as shares of them. */
export interface Disagreement {
  readonly onlyFirstRight: number;
  readonly onlySecondRight: number;
}

export function disagreement(first: Float64Array, second: Float64Array, test: readonly Note[]): Disagreement {
  const [a, b] = [answersOf(first), answersOf(second)];
  const share = (holds: (i: number, label: number) => boolean): number =>
    test.filter(({ label }, i) => holds(i, label)).length / test.length;
  return {
    onlyFirstRight: share((i, label) => a[i] === label && b[i] !== label),
    onlySecondRight: share((i, label) => a[i] !== label && b[i] === label),
  };
}

/**
 * How often McNemar's test at 5 % would tell two models apart that truly disagree so, on so many test patients.
 * @param patients test patients, a whole number from 1 up
 */
export function powerToTellApart(
  { onlyFirstRight, onlySecondRight }: Disagreement,
  patients: number,
  simulations: number,
  seed: number,
): number {
  const draw = (random: Random): [number, number] => {
    let first = 0;
    let second = 0;
    for (let i = 0; i < patients; i++) {
      const unit = random.nextUnit();
      if (unit < onlyFirstRight) first++;
      else if (unit < onlyFirstRight + onlySecondRight) second++;
    }
    return [first, second];
  };
  return simulatePower(draw, ([first, second]) => mcnemarExact(first, second), { simulations, seed }).mean;
}
