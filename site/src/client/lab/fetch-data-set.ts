// A data set from this site, as an experiment opens it.
import { type DataSetName, type DataSets, unpackDataSet } from '@offprint/lab/browser';
import { dataSetWords } from '../../lab/shared/data-set-words.ts';
import { refusalOf } from './refusal.ts';

/** @throws Error with one sentence: what is missing, or that it did not arrive */
export async function fetchDataSet<Name extends DataSetName>(name: Name): Promise<DataSets[Name]> {
  let response: Response;
  try {
    response = await fetch(`/lab/data/${name}`, {
      headers: { Accept: 'application/octet-stream, application/json' },
    });
  } catch {
    throw new Error(
      `The data (${dataSetWords[name]}) could not be loaded: look whether this site can be reached.`,
    );
  }
  if (!response.ok) throw new Error(await refusalOf(response));
  return unpackDataSet(name, new Uint8Array(await response.arrayBuffer()));
}
