// Training a character model over a stretch of steps, so that a run can branch, go on and be judged in between.
import {
  type AdamWState,
  adamW,
  type DecoderParams,
  jitStep,
  type Schedule,
  type TrainState,
  trainState,
} from '@offprint/methods';
import { type CharacterModelShape, characterBatch, characterLoss } from './character-model.ts';
import type { Windows } from './character-stream.ts';

export type CharacterState = TrainState<DecoderParams, AdamWState<DecoderParams>>;

export interface Stretch {
  /** The first step, counted from 0, and the step before which it ends. */
  readonly from: number;
  readonly to: number;
  readonly schedule: Schedule;
  /** What a step is trained on; every number of windows compiles anew. */
  batchAt(step: number): Windows;
  /** The loss of the batch of a step, in nats, before it; NaN once the run has diverged. */
  onStep?(step: number, loss: number): void;
}

export interface CharacterTraining {
  /** @param params consumed */
  start(params: DecoderParams): CharacterState;
  /** @param state consumed; `tree.ref` keeps it, and a branch can start there again */
  train(state: CharacterState, stretch: Stretch): Promise<CharacterState>;
  dispose(): void;
}

/** AdamW as language models are trained with it: β₂ = 0.95, weight decay 0.1. */
export function characterTraining(shape: CharacterModelShape): CharacterTraining {
  const optimizer = adamW<DecoderParams>({ b2: 0.95, weightDecay: 0.1 });
  const step = jitStep(characterLoss(shape).mean, optimizer);
  return {
    start: (params) => trainState(params, optimizer),
    train: async (start, { from, to, schedule, batchAt, onStep }) => {
      let state = start;
      for (let at = from; at < to; at++) {
        const stepped = step(state, characterBatch(batchAt(at)), schedule(at));
        state = stepped.state;
        const [loss = Number.NaN] = await stepped.loss.data();
        onStep?.(at, loss);
      }
      return state;
    },
    dispose: () => step.dispose(),
  };
}
