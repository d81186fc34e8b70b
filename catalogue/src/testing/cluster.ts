// One database server for a whole test run: started once, migrated once into a template that tests clone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../database.ts';
import { openEmbedded } from '../embedded/open.ts';
import { migrate } from '../migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    socketFolder: string;
  }
}

/** Vitest's global setup: provides `socketFolder`, the place of the test server's socket. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'offprint-test-'));
  const embedded = await openEmbedded(folder);
  if (!('socketFolder' in embedded.settings))
    throw new Error('The embedded database is reached by its socket.');
  const db = openDatabase(embedded.settings, 2);
  await migrate(db);
  await db.destroy();
  project.provide('socketFolder', embedded.settings.socketFolder);
  return async () => {
    await embedded.close();
    await rm(folder, { recursive: true, force: true });
  };
}
