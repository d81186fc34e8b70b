// The data sets that experiments may open, by name, as typed arrays.
import type { ImageSet } from './image-set.ts';
import type { LossCurve } from './loss-curves.ts';
import type { Table } from './table.ts';
import type { TextSet } from './text-set.ts';

export interface DataSets {
  /** Handwritten digits, 28 × 28. */
  readonly mnist: ImageSet;
  /** Articles of clothing, 28 × 28. */
  readonly 'fashion-mnist': ImageSet;
  /** The novel's chapters in order. */
  readonly 'moby-dick': TextSet;
  /** Losses of language models of three sizes under nine learning-rate schedules each. */
  readonly 'loss-curves': readonly LossCurve[];
  /** 9,105 seriously ill patients of the SUPPORT study. */
  readonly support: Table;
}

export type DataSetName = keyof DataSets;

export const dataSetNames: readonly DataSetName[] = [
  'mnist',
  'fashion-mnist',
  'moby-dick',
  'loss-curves',
  'support',
];
