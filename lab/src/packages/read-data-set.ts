// Every data set by name, as it is installed on this machine; for Node.
import { join } from 'node:path';
import type { DataSetName, DataSets } from '../data-sets/data-sets.ts';
import { readNumberTable, tablesFolder } from './number-table.ts';
import { readFashionMnist } from './read-fashion-mnist.ts';
import { readLossCurves } from './read-loss-curves.ts';
import { readMnist } from './read-mnist.ts';
import { readMobyDick } from './read-moby-dick.ts';

const readers: { readonly [Name in DataSetName]: () => Promise<DataSets[Name]> } = {
  mnist: readMnist,
  'fashion-mnist': () => readFashionMnist(),
  'moby-dick': readMobyDick,
  'loss-curves': () => readLossCurves(),
  support: () => readNumberTable(join(tablesFolder, 'support.csv')),
};

/**
 * Reads a data set; every call reads it again.
 * @throws LabError `missing-data` with what to install, `damaged-file`
 */
export async function readDataSet<Name extends DataSetName>(name: Name): Promise<DataSets[Name]> {
  return readers[name]();
}
