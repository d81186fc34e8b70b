// How close an unlearned model is to one that never saw what is to be forgotten: by its answers, and by its features.
// Kim, Cha & Kim 2025, https://arxiv.org/abs/2503.06991. The paper's names; the formulas of its aggregates are rebuilt
// from their description.

/** What is measured of a model; all in [0, 1]. */
export interface UnlearningMeasures {
  /** Accuracy on training images to forget. */
  readonly FA: number;
  /** … to keep. */
  readonly RA: number;
  /** On test images of forgotten classes. */
  readonly TFA: number;
  /** … of kept classes. */
  readonly TRA: number;
  /** Accuracy of nearest neighbours among the model's features, by data set. */
  readonly knn: Readonly<Record<string, number>>;
}

/** Three numbers, 1 for a model that cannot be told from the retrained one. */
export interface UnlearningReport {
  /** Π over FA, RA, TFA, TRA of 1 − |distance to the retrained model|. */
  readonly AGL: number;
  /** Π over data sets of (1 − |distance in nearest neighbours|), times the CKA to the retrained model. */
  readonly AGR: number;
  /** The harmonic mean of the two. */
  readonly HLR: number;
}

/**
 * @param unlearned the model judged
 * @param retrained the model trained without what is to be forgotten
 * @param cka the CKA between the features of the two; divide by that of two retrained models to have 1 as its ceiling
 * @throws RangeError when the two were measured on different data sets
 */
export function unlearningReport(
  unlearned: UnlearningMeasures,
  retrained: UnlearningMeasures,
  cka: number,
): UnlearningReport {
  const sets = Object.keys(unlearned.knn);
  if (
    sets.length !== Object.keys(retrained.knn).length ||
    !sets.every((set) => Object.hasOwn(retrained.knn, set))
  ) {
    throw new RangeError('Both models are measured on the same data sets.');
  }
  const closeness = (a: number | undefined, b: number | undefined): number =>
    1 - Math.abs((a ?? Number.NaN) - (b ?? Number.NaN));
  const AGL = (['FA', 'RA', 'TFA', 'TRA'] as const).reduce(
    (product, name) => product * closeness(unlearned[name], retrained[name]),
    1,
  );
  const AGR = sets.reduce((product, set) => product * closeness(unlearned.knn[set], retrained.knn[set]), cka);
  return { AGL, AGR, HLR: AGL + AGR === 0 ? 0 : (2 * AGL * AGR) / (AGL + AGR) };
}
