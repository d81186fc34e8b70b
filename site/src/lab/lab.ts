// What the pages ask of the lab: its experiments, what they found, and the data sets that a browser's run loads.
import type { StoredResult } from '@offprint/lab';
import type { DataSetName, DataSets, LabErrorCode, Tried } from '@offprint/lab/browser';

/** A lab as pages see it. */
export interface Lab {
  readonly experiments: readonly Tried[];
  /** The result of the last full run; undefined before the first. @throws LabError `damaged-file` */
  readResult(id: string): Promise<StoredResult | undefined>;
  /** What was found, in Markdown. */
  readNotes(id: string): Promise<string | undefined>;
  /** @throws LabError `missing-data` with what to install */
  readDataSet<Name extends DataSetName>(name: Name): Promise<DataSets[Name]>;
  /** A data set as one file for a browser; undefined for a name that there is not. @throws LabError `missing-data` */
  packDataSet(name: string): Promise<Uint8Array | undefined>;
}

let opened: Promise<Lab> | undefined;

/** The lab that comes with this installation. Its code is loaded when it is first asked for, not when the site starts. */
export function ownLab(): Promise<Lab> {
  opened ??= openOwnLab();
  return opened;
}

async function openOwnLab(): Promise<Lab> {
  const [room, { dataSetNames, experiments, packDataSet }] = await Promise.all([
    import('@offprint/lab'),
    import('@offprint/lab/browser'),
  ]);
  return {
    experiments,
    readResult: (id) => room.readResult(id),
    readNotes: (id) => room.readExperimentNotes(id),
    readDataSet: (name) => room.readDataSet(name),
    async packDataSet(asked) {
      const name = dataSetNames.find((known) => known === asked);
      return name === undefined ? undefined : packDataSet(name, await room.readDataSet(name));
    },
  };
}

/** Whether an error is the lab's, of a code: known by its name, so that asking does not load the lab. */
export function isLabError(error: unknown, code?: LabErrorCode): error is Error {
  return (
    error instanceof Error &&
    error.name === 'LabError' &&
    (code === undefined || ('code' in error && error.code === code))
  );
}
