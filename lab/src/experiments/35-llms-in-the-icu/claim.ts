// Paper 35, tried: are larger, pre-trained models better at foreseeing an event from notes of a few hundred patients?
import { maxOfKNull, mean, tInterval, tost, wilson } from '@offprint/methods';
import type { Claim, Decision, Finding, Verdict } from '../../experiment/claim.ts';
import { armsOf, pairedDifferences, type Results, valuesOf } from '../../experiment/results.ts';
import { benchmark } from './cohort.ts';
import { headline } from './headline.ts';
import { underLoss } from './losses.ts';

/** The ends of the ladder that the rule compares. */
export const smallest = 'bag of words';
export const largest = 'transformer, pre-trained';

/** Models whose accuracies differ by less are called equal. */
const margin = 0.05;
/** An advantage in AUROC that would matter. */
const advantage = 0.02;

export const claim: Claim = {
  paper: { number: 35, id: '2512.20520', name: 'LLMs in the ICU' },
  statement:
    'Foreseeing an event from the notes of a few hundred patients, larger pre-trained language models do no better than small models.',
  rule: {
    confirmed:
      'On 4,000 patients that no model saw, the weighted recall of the pre-trained transformer and of the bag of words, trained on the same draws of 442 patients, is equal within 5 points (two one-sided tests at 5 % over the draws), and the pre-trained one is not ahead in AUROC as below.',
    refuted:
      'The pre-trained transformer is ahead of the bag of words by more than 2 points of AUROC on average over the draws, with the 95 % interval of the difference above 0.',
  },
  scale:
    'The paper’s records may not be shared. Here notes are written by rule from the measurements of 9,105 patients of the SUPPORT study, the event is death within 30 days instead of shock, and the largest model has about 110,000 parameters pre-trained on 5,105 such notes. The draws have the paper’s 355 and 87 patients. Nothing is said about models that have read the world’s text, nor about real notes.',
  decide,
};

function decide(results: Results): Decision {
  const aurocGap = differences(results, largest, smallest, 'auroc');
  const recallGap = differences(results, largest, smallest, 'weightedRecall');
  const findings = [...arithmetic(results), ...ladder(results, aurocGap, recallGap), ...focal(results)];
  if (aurocGap.length < 2 || recallGap.length < 2) {
    return {
      verdict: 'undecided',
      sentence: 'The two ends of the ladder have not been trained under enough seeds to compare them.',
      findings,
    };
  }
  if (![...aurocGap, ...recallGap].every(Number.isFinite)) {
    return {
      verdict: 'undecided',
      sentence: 'One of the two ends of the ladder diverged under some seed, so they cannot be compared.',
      findings,
    };
  }
  const { mean: gap, low, high } = tInterval(aurocGap);
  const equal = tost(recallGap, { margin });
  const verdict: Verdict =
    gap > advantage && low > 0 ? 'refuted' : equal.equivalent ? 'confirmed' : 'undecided';
  const side = gap >= 0 ? 'ahead of' : 'behind';
  return {
    verdict,
    sentence: `The pre-trained transformer is ${points(Math.abs(gap))} points of AUROC ${side} the bag of words [${points(low)}, ${points(high)}], and ${points(equal.interval.mean)} points of weighted recall apart [${points(equal.interval.low)}, ${points(equal.interval.high)}].`,
    findings,
  };
}

/** What needs no model: the measure, the majority rule and the luck of the best of eight. */
function arithmetic(results: Results): Finding[] {
  const gaps = armsOf(results)
    .flatMap((arm) => valuesOf(results, arm, 'identityGap'))
    .filter(Number.isFinite);
  const patients = benchmark.normal + benchmark.event;
  const majority = wilson(benchmark.normal, patients);
  const equallyGood = maxOfKNull(headline.testPatients, 0.78, headline.models);
  const identity = Math.max(0, ...gaps);
  return [
    {
      name: 'weighted recall minus accuracy, largest over all runs',
      estimate: identity,
      criterion: 'below 1e-12: they are one measure',
      holds: identity < 1e-12,
    },
    {
      name: 'weighted recall of always answering “no event”, 355 of 442 patients',
      estimate: 100 * majority.mean,
      low: 100 * majority.low,
      high: 100 * majority.high,
      unit: '%',
      criterion: 'interval contains the paper’s best, 80.5 %',
      holds: majority.low < headline.weightedRecall && headline.weightedRecall < majority.high,
    },
    {
      name: 'chance that the best of eight models of 78 % reaches 80.5 % on 88 patients',
      estimate: 100 * equallyGood.atLeast(headline.weightedRecall),
      unit: '%',
    },
  ];
}

function ladder(results: Results, aurocGap: readonly number[], recallGap: readonly number[]): Finding[] {
  const found: Finding[] = [];
  const gap = spread(aurocGap);
  if (gap !== undefined) {
    found.push({
      name: `AUROC, ${largest} minus ${smallest}`,
      ...gap,
      unit: 'points',
      criterion: 'refutes above 2 points with the interval above 0',
      holds: gap.estimate > 100 * advantage && gap.low > 0,
    });
  }
  if (spread(recallGap) !== undefined) {
    const { equivalent, interval } = tost(recallGap, { margin });
    found.push({
      name: `weighted recall, ${largest} minus ${smallest} (90 % interval)`,
      estimate: 100 * interval.mean,
      low: 100 * interval.low,
      high: 100 * interval.high,
      unit: 'points',
      criterion: 'interval within ±5 points',
      holds: equivalent,
    });
  }
  const rest: [string, string, string, string][] = [
    ['balanced accuracy', 'balancedAccuracy', largest, smallest],
    ['AUROC', 'auroc', largest, 'transformer, scratch'],
    ['AUROC', 'auroc', 'word vectors', smallest],
  ];
  for (const [measure, metric, treatment, baseline] of rest) {
    const difference = spread(differences(results, treatment, baseline, metric));
    if (difference !== undefined) {
      found.push({ name: `${measure}, ${treatment} minus ${baseline}`, ...difference, unit: 'points' });
    }
  }
  return found;
}

/** Focal loss against cross-entropy: is it a better model, or another threshold? */
function focal(results: Results): Finding[] {
  return [largest, smallest].flatMap((arm) => {
    const measures: [string, string, string][] = [
      ['AUROC', 'auroc', 'auroc'],
      ['deaths found at a chance of ½', 'eventRecall', 'eventRecall'],
      ['deaths found at as many alarms', 'eventRecall', 'plainRecallAtItsAlarms'],
      ['calibration error', 'ece', 'ece'],
    ];
    return measures.flatMap(([name, own, plain]): Finding[] => {
      // What cross-entropy finds at focal loss's number of alarms stands beside focal loss's own measures.
      const baseline = plain === own ? plain : underLoss('focal', plain);
      const difference = spread(
        pairedDifferences(results, { arm, metric: underLoss('focal', own) }, { arm, metric: baseline }),
      );
      if (difference === undefined) return [];
      return [{ name: `${name}, focal loss minus cross-entropy, ${arm}`, ...difference, unit: 'points' }];
    });
  });
}

function differences(results: Results, treatment: string, baseline: string, metric: string): number[] {
  return pairedDifferences(results, { arm: treatment, metric }, { arm: baseline, metric });
}

/** A mean with its t-interval in points; nothing for fewer than two values or any that diverged. */
function spread(values: readonly number[]): { estimate: number; low: number; high: number } | undefined {
  if (values.length < 2 || !values.every(Number.isFinite)) return undefined;
  const { low, high } = tInterval(values);
  return { estimate: 100 * mean(values), low: 100 * low, high: 100 * high };
}

const points = (share: number): string => (100 * share).toFixed(1);
