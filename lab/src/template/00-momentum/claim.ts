// What is claimed of momentum and the rule that decides about it, written before the first run.
import { tInterval } from '@offprint/methods';
import type { Claim, Decision } from '../../experiment/claim.ts';
import { pairedDifferences, type Results } from '../../experiment/results.ts';

/** The arms by the name that tables and plots use. */
export const method = 'momentum';
export const baseline = 'gradient descent';
/** log₁₀ of the loss after the last step. */
export const finalLoss = 'log10 of the last loss';

export const claim: Claim = {
  paper: { number: 0, id: '0000.00000', name: 'Momentum' },
  statement:
    'On a quadratic valley a hundred times steeper across than along, descending with a memory of earlier gradients ends lower than plain gradient descent after as many steps.',
  rule: {
    confirmed:
      'The 95 % t-interval over seeds of log10 loss, momentum minus gradient descent, each at the best of the same number of learning rates, lies below 0.',
    refuted: 'That interval lies above 0.',
  },
  scale: 'A valley of 50 dimensions without noise. It says nothing about neural networks.',
  decide,
};

function decide(results: Results): Decision {
  const differences = pairedDifferences(
    results,
    { arm: method, metric: finalLoss },
    { arm: baseline, metric: finalLoss },
  );
  if (differences.length < 2 || !differences.every(Number.isFinite))
    return { verdict: 'undecided', sentence: 'There are too few finished runs to compare.', findings: [] };
  const { mean, low, high } = tInterval(differences);
  return {
    verdict: high < 0 ? 'confirmed' : low > 0 ? 'refuted' : 'undecided',
    sentence: `With momentum the last loss is 10 to the ${mean.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}] of gradient descent’s.`,
    findings: [
      {
        name: 'log10 loss, momentum − gradient descent',
        estimate: mean,
        low,
        high,
        criterion: 'interval below 0',
        holds: high < 0,
      },
    ],
  };
}
