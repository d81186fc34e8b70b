// What the runs of our own small model say about the law: fitted to two of its schedules, tried on the third, seed by seed.
import {
  type AnnealingLaw,
  fitAnnealingLaw,
  predictLoss,
  type ScheduledCurve,
  tInterval,
} from '@offprint/methods';
import type { Finding } from '../../experiment/claim.ts';
import { type Results, seriesOf } from '../../experiment/results.ts';
import { type OwnName, ownRates } from './own-schedules.ts';

export const ownArm = 'own model';

/** How slowly annealing may fade in runs of a few hundred steps: the fit to the two curves chooses. */
const lambdas = [0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

/** Mean errors on the unseen schedule in %, of the law and of the law without its annealing area, with t-intervals. */
export function ownFindings(results: Results): Finding[] {
  const seeds = seriesOf(results, 'own loss, wsd', ownArm).map(({ seed }) => seed);
  const errors = seeds.flatMap((seed) => {
    const curves = ownCurves(results, seed);
    return curves === undefined ? [] : [ownErrors(curves)];
  });
  if (errors.length < 2) return [];
  const finding = (name: string, values: number[]): Finding => {
    const { mean: estimate, low, high } = tInterval(values);
    return { name, estimate, low, high, unit: '%' };
  };
  return [
    finding(
      'own model: error of the law on its unseen schedule',
      errors.map(({ law }) => law),
    ),
    finding(
      'own model: error without the annealing area',
      errors.map(({ ablated }) => ablated),
    ),
    finding(
      'own model: difference of the two',
      errors.map(({ law, ablated }) => law - ablated),
    ),
  ];
}

export type OwnCurves = Readonly<Record<OwnName, ScheduledCurve>>;

/** The three curves of a seed; undefined when one is missing or diverged. */
export function ownCurves(results: Results, seed: number): OwnCurves | undefined {
  const curveOf = (name: OwnName): ScheduledCurve | undefined => {
    const series = seriesOf(results, `own loss, ${name}`, ownArm).find((each) => each.seed === seed);
    if (series === undefined || series.y.length === 0) return undefined;
    if (!series.y.every((loss) => Number.isFinite(loss) && loss > 0)) return undefined;
    return { ...ownRates(name, series.x.at(-1) ?? 0), steps: series.x, losses: series.y };
  };
  const [cosine, constant, wsd] = [curveOf('cosine'), curveOf('constant'), curveOf('wsd')];
  return cosine && constant && wsd ? { cosine, constant, wsd } : undefined;
}

/** The law fitted to cosine and constant, with the λ that fits those two best, or without its annealing area. */
export function fitOwnLaw({ cosine, constant }: OwnCurves, annealing: boolean): AnnealingLaw {
  const fitted = [cosine, constant];
  const misfit = (law: AnnealingLaw): number => fitted.reduce((sum, curve) => sum + errorOf(law, curve), 0);
  const laws = (annealing ? lambdas : [0]).map((lambda) => fitAnnealingLaw(fitted, { lambda, annealing }));
  return laws.reduce((best, law) => (misfit(law) < misfit(best) ? law : best));
}

function ownErrors(curves: OwnCurves): { law: number; ablated: number } {
  return {
    law: errorOf(fitOwnLaw(curves, true), curves.wsd),
    ablated: errorOf(fitOwnLaw(curves, false), curves.wsd),
  };
}

/** Mean relative error in %. */
function errorOf(law: AnnealingLaw, curve: ScheduledCurve): number {
  const predicted = predictLoss(law, curve);
  let sum = 0;
  for (let i = 0; i < curve.steps.length; i++) {
    sum += Math.abs((predicted[curve.steps[i] ?? 0] ?? Number.NaN) / (curve.losses[i] ?? Number.NaN) - 1);
  }
  return (100 * sum) / curve.steps.length;
}
