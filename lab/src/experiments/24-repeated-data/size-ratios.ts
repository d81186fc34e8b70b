// What a loss is worth in parameters, read off the models of several sizes that repeat nothing.
import { effectiveParameters, fitLossPowerLaw, type LossPowerLaw, mean } from '@offprint/methods';
import { type Results, valuesOf } from '../../experiment/results.ts';
import { repeatsArm, rulerArm, rulerWidths } from './cell-names.ts';

/**
 * L(N) fitted to the mean losses of the models without repetition.
 * @returns undefined where one is missing or diverged, or the loss does not fall with size
 */
export function ruler(results: Results): LossPowerLaw | undefined {
  const points = [...rulerWidths.map(rulerArm), repeatsArm(1)].flatMap((arm) => {
    const losses = valuesOf(results, arm, 'test loss');
    const [size] = valuesOf(results, arm, 'parameters');
    return losses.length === 0 || size === undefined || !losses.every(Number.isFinite)
      ? []
      : [{ size, loss: mean(losses) }];
  });
  if (points.length < rulerWidths.length + 1) return undefined;
  const law = fitLossPowerLaw(
    points.map(({ size }) => size),
    points.map(({ loss }) => loss),
  );
  return law.exponent > 0 ? law : undefined;
}

/** N_eff/N of every seed of an arm; none without a ruler. */
export function sizeRatios(results: Results, arm: string): number[] {
  const law = ruler(results);
  const [size] = valuesOf(results, arm, 'parameters');
  if (law === undefined || size === undefined) return [];
  return valuesOf(results, arm, 'test loss')
    .filter(Number.isFinite)
    .map((loss) => effectiveParameters(loss, law) / size);
}
