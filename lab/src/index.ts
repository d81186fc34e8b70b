// The public face of the lab: other rooms import from here and from nowhere else in this room.
export {
  type TrainingArm,
  type TrainingStep,
  type TrainingSummary,
  type TrainStaticEncoderOptions,
  trainStaticEncoder,
} from './static-encoder/train-static-encoder.ts';
export type { TrainingPaper } from './static-encoder/training-paper.ts';
