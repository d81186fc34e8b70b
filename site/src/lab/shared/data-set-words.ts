// What data sets are called to people.
import type { DataSetName } from '@offprint/lab/browser';

export const dataSetWords: Readonly<Record<DataSetName, string>> = {
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
  'moby-dick': 'Moby-Dick, the novel',
  'loss-curves': 'the published loss curves',
  support: 'the patients of the SUPPORT study',
};
