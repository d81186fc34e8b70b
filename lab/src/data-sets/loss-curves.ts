// Published loss curves: the loss of a model at steps of a run under a known learning-rate schedule.

export interface LossCurve {
  /** Millions of parameters: 25, 100 or 400. */
  readonly millions: number;
  /** The schedule's name in the published set, such as `cosine_24000`. */
  readonly schedule: string;
  /** Steps at which the loss was taken, rising. */
  readonly steps: readonly number[];
  /** Nats a token. */
  readonly losses: readonly number[];
}
