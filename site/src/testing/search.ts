// The real search on a test's own database, in a folder of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '@offprint/catalogue/testing';
import { openSearch, type RunningSearch } from '@offprint/discovery';
import type { EncoderSpec } from '@offprint/search';
import { vi } from 'vitest';

/**
 * Opens search once everything that the database holds is found, with an encoder also by meaning.
 * Words alone are much quicker, and enough wherever meaning is not what is tested.
 */
export async function openTestSearch(database: TestDatabase, encoder?: EncoderSpec): Promise<RunningSearch> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'offprint-search-'));
  const search = await openSearch({
    db: database.db,
    connection: database.connection,
    dataFolder,
    encoder,
    onCommit: () => () => undefined,
    keeps: true,
    log: () => undefined,
  });
  await search.caughtUp();
  if (encoder !== undefined)
    await vi.waitUntil(
      async () => {
        const { papers, encoded } = await search.status();
        return encoded === papers;
      },
      { timeout: 50_000, interval: 50 },
    );
  return {
    ...search,
    close: async () => {
      await search.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
