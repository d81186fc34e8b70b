// A small character language model of our own, trained under one schedule, its loss taken on the same held-out passages.
import { init, numpy as np, tree } from '@jax-js/jax';
import {
  adam,
  type DecoderParams,
  decoder,
  initDecoder,
  jitStep,
  jitTree,
  pcg32,
  type Random,
  softmaxCrossEntropyWithIntegerLabels,
  trainState,
} from '@offprint/methods';
import type { OwnName } from './own-schedules.ts';
import { ownSchedule } from './own-schedules.ts';

export interface OwnConfig {
  readonly steps: number;
  /** The loss is taken every so many steps once the warm-up is over, and at the end. */
  readonly every: number;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  /** Characters a passage. */
  readonly context: number;
  /** Passages a step. */
  readonly batch: number;
  /** Batches of held-out passages that the loss is the mean of. */
  readonly heldOutBatches: number;
}

/** A text as numbers of characters, parted by position. */
export interface OwnText {
  readonly training: Uint8Array;
  readonly heldOut: Uint8Array;
  readonly vocabulary: number;
}

/** Every character by its number in the text's alphabet; the last tenth is held out. */
export function splitText(text: string): OwnText {
  const characters = Array.from(text);
  const numbers = new Map([...new Set(characters)].sort().map((character, i) => [character, i]));
  const codes = Uint8Array.from(characters, (character) => numbers.get(character) ?? 0);
  const end = Math.floor(codes.length * 0.9);
  return { training: codes.subarray(0, end), heldOut: codes.subarray(end), vocabulary: numbers.size };
}

/**
 * Trains from the seed's start on the seed's passages, the same under every schedule.
 * @param peak of the schedule
 * @param onLoss told the held-out loss, nats a character, after so many steps
 */
export async function trainOwnModel(
  config: OwnConfig,
  { name, peak, seed, text }: { name: OwnName; peak: number; seed: number; text: OwnText },
  onLoss: (steps: number, loss: number) => void,
): Promise<void> {
  await init('wasm');
  const { steps, every, layers, width, heads, context } = config;
  const lossOf = (params: DecoderParams, batch: Passages): np.Array =>
    softmaxCrossEntropyWithIntegerLabels(decoder(params, batch.inputs, { heads }), batch.targets).mean();
  const optimizer = adam<DecoderParams>();
  const step = jitStep(lossOf, optimizer);
  const judge = jitTree(lossOf);
  const initial = initDecoder(pcg32(seed, 1), { vocabulary: text.vocabulary, layers, width, context });
  let state = trainState(initial, optimizer);
  const random = pcg32(seed, 2);
  const schedule = ownSchedule(name, steps, peak);
  for (let done = 1; done <= steps; done++) {
    // The loss after `done` updates belongs to the rate of that step, as in the published curves.
    const stepped = step(state, drawPassages(text.training, random, config), schedule(done));
    stepped.loss.dispose();
    state = stepped.state;
    if ((done % every === 0 && done > steps / 20) || done === steps) {
      // The same passages every time and for every seed.
      const fixed = pcg32(0, 3);
      let sum = 0;
      for (let i = 0; i < config.heldOutBatches; i++) {
        const loss = judge(tree.ref(state.params), drawPassages(text.heldOut, fixed, config));
        sum += (await loss.data())[0] ?? Number.NaN;
      }
      onLoss(done, sum / config.heldOutBatches);
    }
  }
  tree.dispose(state);
  step.dispose();
  judge.dispose();
}

type Passages = { inputs: np.Array; targets: np.Array };

function drawPassages(text: Uint8Array, random: Random, { batch, context }: OwnConfig): Passages {
  const inputs = new Int32Array(batch * context);
  const targets = new Int32Array(batch * context);
  for (let row = 0; row < batch; row++) {
    const start = random.nextBelow(text.length - context);
    for (let i = 0; i < context; i++) {
      inputs[row * context + i] = text[start + i] ?? 0;
      targets[row * context + i] = text[start + i + 1] ?? 0;
    }
  }
  const shape = [batch, context];
  return { inputs: np.array(inputs, { shape }), targets: np.array(targets, { shape }) };
}
