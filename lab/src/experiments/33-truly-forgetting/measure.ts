// Everything that is measured of a network: its answers, its features, and how fast it learns again.
import { numpy as np, tree } from '@jax-js/jax';
import {
  adam,
  initLinear,
  jitStep,
  knnAccuracy,
  type LinearParams,
  linearCka,
  linearLayer,
  type MlpParams,
  rbfCka,
  softmaxCrossEntropy,
  trainState,
  type UnlearningMeasures,
} from '@offprint/methods';
import { oneHotRows } from '../../data-sets/pixel-rows.ts';
import { type DigitSets, type Digits, isForgotten, placesOf } from './digit-sets.ts';
import { batchesOf, type Eye, featureUnits, type Seen, streamOf, train } from './network.ts';

/** Rows that vote and rows that are judged, at most: nearest neighbours cost their product. */
const voters = 1500;
const judged = 400;
/** Rows of the Gaussian kernel's matrix. */
const kernelRows = 400;

export interface Measured {
  readonly measures: UnlearningMeasures;
  /** Of the forgotten digits' test images, for CKA. */
  readonly features: Matrix;
  readonly probe: number;
}

interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** @param params kept */
export function measure(params: MlpParams, sets: DigitSets, eye: Eye, seed: number): Measured {
  const ofTrain = eye.look(params, sets.train);
  const ofTest = eye.look(params, sets.test);
  const trainForgotten = isForgotten(sets, sets.train);
  const testForgotten = isForgotten(sets, sets.test);
  const share = (seen: Seen, digits: Digits, is: readonly boolean[], wanted: boolean) =>
    accuracy(seen.logits, digits.labels, sets.classes, placesOf(is, wanted));
  const { reference, judged: others } = sets.downstream;
  const ofReference = eye.look(params, reference);
  const ofOthers = eye.look(params, others);
  const othersForgotten = isForgotten(sets, others);
  return {
    measures: {
      FA: share(ofTrain, sets.train, trainForgotten, true),
      RA: share(ofTrain, sets.train, trainForgotten, false),
      TFA: share(ofTest, sets.test, testForgotten, true),
      TRA: share(ofTest, sets.test, testForgotten, false),
      knn: {
        'kNN forgotten': neighbours(ofTrain, sets.train, ofTest, sets.test, placesOf(testForgotten, true)),
        'kNN kept': neighbours(ofTrain, sets.train, ofTest, sets.test, placesOf(testForgotten, false)),
        'kNN downstream, forgotten': neighbours(
          ofReference,
          reference,
          ofOthers,
          others,
          placesOf(othersForgotten, true),
        ),
        'kNN downstream, kept': neighbours(
          ofReference,
          reference,
          ofOthers,
          others,
          placesOf(othersForgotten, false),
        ),
      },
    },
    features: comparable(ofTest, placesOf(testForgotten, true)),
    probe: linearProbe(ofTrain, ofTest, sets, seed),
  };
}

/** NaN where the features are not finite or all the same: a network that diverged. */
export function alignment(a: Matrix, b: Matrix, kernel: 'linear' | 'rbf'): number {
  const usable = (m: Matrix) =>
    m.values.every(Number.isFinite) && m.values.some((value) => value !== m.values[0]);
  if (!usable(a) || !usable(b)) return Number.NaN;
  if (kernel === 'linear') return linearCka(a, b);
  const first = (m: Matrix): Matrix => {
    const rows = Math.min(kernelRows, m.rows);
    return { values: m.values.subarray(0, rows * m.columns), rows, columns: m.columns };
  };
  return rbfCka(first(a), first(b));
}

/**
 * How well the forgotten digits are told from all others after 20 steps on their training images alone, from a new last
 * layer that is the same for all networks: what a head hides does not count.
 * @param params kept
 */
export function relearnt(
  params: MlpParams,
  sets: DigitSets,
  eye: Eye,
  seed: number,
  options: { readonly batch: number; readonly learningRate: number },
): number {
  const head = initLinear(streamOf(seed, 8), { inFeatures: featureUnits, outFeatures: sets.classes });
  const { layers } = tree.ref(params);
  const [old] = layers.slice(-1);
  if (old !== undefined) tree.dispose(old);
  const draw = batchesOf(
    sets.train,
    placesOf(isForgotten(sets, sets.train), true),
    sets.classes,
    streamOf(seed, 9),
  );
  const again = train({ layers: [...layers.slice(0, -1), head] }, draw, {
    ...options,
    steps: 20,
    progress: () => undefined,
  });
  const { logits } = eye.look(again, sets.test);
  tree.dispose(again);
  return accuracy(logits, sets.test.labels, sets.classes, placesOf(isForgotten(sets, sets.test), true));
}

/** NaN where a logit is not finite. */
function accuracy(
  logits: Float32Array,
  labels: Uint8Array,
  classes: number,
  places: readonly number[],
): number {
  let right = 0;
  for (const place of places) {
    const row = logits.subarray(place * classes, (place + 1) * classes);
    if (!row.every(Number.isFinite)) return Number.NaN;
    if (row.indexOf(Math.max(...row)) === labels[place]) right++;
  }
  return right / places.length;
}

function featuresOf({ features }: Seen, places: readonly number[]): Matrix {
  const values = new Float32Array(places.length * featureUnits);
  for (const [i, place] of places.entries()) {
    values.set(features.subarray(place * featureUnits, (place + 1) * featureUnits), i * featureUnits);
  }
  return { values, rows: places.length, columns: featureUnits };
}

/** Features for CKA, all not a number where the network diverged. */
function comparable(seen: Seen, places: readonly number[]): Matrix {
  const features = featuresOf(seen, places);
  return diverged(seen) ? { ...features, values: features.values.fill(Number.NaN) } : features;
}

function neighbours(
  from: Seen,
  reference: Digits,
  of: Seen,
  digits: Digits,
  places: readonly number[],
): number {
  const vote = Array.from({ length: Math.min(voters, reference.count) }, (_, i) => i);
  const asked = places.slice(0, judged);
  const a = featuresOf(from, vote);
  const b = featuresOf(of, asked);
  if (diverged(from) || diverged(of)) return Number.NaN;
  const labelsAt = (labels: Uint8Array, at: readonly number[]) => at.map((place) => labels[place] ?? 0);
  return knnAccuracy(a, labelsAt(reference.labels, vote), b, labelsAt(digits.labels, asked));
}

/** Accuracy on the forgotten digits of a new last layer, trained on the frozen features of images of all digits. */
function linearProbe(ofTrain: Seen, ofTest: Seen, sets: DigitSets, seed: number): number {
  const places = Array.from({ length: Math.min(voters, sets.train.count) }, (_, i) => i);
  const trained = featuresOf(ofTrain, places);
  const tested = placesOf(isForgotten(sets, sets.test), true);
  const asked = featuresOf(ofTest, tested);
  if (diverged(ofTrain) || diverged(ofTest)) return Number.NaN;
  // One common scale, so that one learning rate fits features of any size.
  const scale = 1 / Math.max(1e-12, Math.sqrt(meanSquare(trained.values)));
  const optimizer = adam<LinearParams>();
  const loss = (params: LinearParams, batch: { x: np.Array; y: np.Array }) =>
    softmaxCrossEntropy(linearLayer(params, batch.x), batch.y).mean();
  const step = jitStep(loss, optimizer);
  const head = initLinear(streamOf(seed, 7), { inFeatures: featureUnits, outFeatures: sets.classes });
  let state = trainState(head, optimizer);
  const x = np.array(
    trained.values.map((value) => value * scale),
    { shape: [trained.rows, featureUnits] },
  );
  const y = np.array(oneHotRows(sets.train.labels, places, sets.classes), {
    shape: [trained.rows, sets.classes],
  });
  for (let i = 0; i < 100; i++) {
    const stepped = step(state, { x: x.ref, y: y.ref }, 0.02);
    stepped.loss.dispose();
    state = stepped.state;
  }
  step.dispose();
  tree.dispose([x, y, state.optimizer]);
  const images = np.array(
    asked.values.map((value) => value * scale),
    { shape: [asked.rows, featureUnits] },
  );
  const logits = Float32Array.from(linearLayer(state.params, images).dataSync());
  const labels = Uint8Array.from(tested, (place) => sets.test.labels[place] ?? 0);
  return accuracy(
    logits,
    labels,
    sets.classes,
    tested.map((_, i) => i),
  );
}

/** Features alone do not say it: after a ReLU what is not a number is 0. */
function diverged({ logits, features }: Seen): boolean {
  return !(logits.every(Number.isFinite) && features.every(Number.isFinite));
}

function meanSquare(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}
