// Data sets as files for a browser: packed and compressed once, when first asked for.
import { OffprintError } from '@offprint/catalogue';
import { type Encoding, encodeBytes } from '../http/compression.ts';
import { entityTag } from '../http/conditional.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { isLabError } from './lab.ts';
import { labOf } from './trial.ts';

export interface DataSetFile {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly encoding: Encoding;
}

export interface DataSetFiles {
  /**
   * @returns undefined for a name that there is not
   * @throws OffprintError `not-found` with what to install when the data set is not on this machine
   */
  read(name: string, encoding: Encoding): Promise<DataSetFile | undefined>;
}

export function createDataSetFiles(deps: SiteDependencies): DataSetFiles {
  const kept = new Map<string, Promise<DataSetFile | undefined>>();

  const pack = async (name: string, encoding: Encoding): Promise<DataSetFile | undefined> => {
    const bytes = await (await labOf(deps)).packDataSet(name);
    if (bytes === undefined) return undefined;
    const etag = entityTag(bytes);
    return { body: await encodeBytes(bytes, encoding, 'kept'), etag, encoding };
  };
  return {
    async read(name, encoding) {
      const key = `${encoding} ${name}`;
      const packing = kept.get(key) ?? pack(name, encoding);
      kept.set(key, packing);
      try {
        const file = await packing;
        // Names that there are not must not fill the memory.
        if (file === undefined) kept.delete(key);
        return file;
      } catch (error) {
        // Whoever installs it need not restart the site.
        kept.delete(key);
        if (isLabError(error, 'missing-data'))
          throw new OffprintError('not-found', error.message, { cause: error, field: 'name' });
        throw error;
      }
    },
  };
}
