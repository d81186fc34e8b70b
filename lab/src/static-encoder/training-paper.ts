// A paper as the lab learns from it.

export interface TrainingPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}
