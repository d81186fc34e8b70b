// The catalogue for one command: embedded or on a server, migrated, with the starter papers on the very first start.
import {
  type ConnectionSettings,
  type Database,
  migrate,
  OffprintError,
  openDatabase,
  openEmbedded,
  plantStarter,
} from '@offprint/catalogue';
import type { Settings } from './settings.ts';

export interface OpenCatalogue {
  readonly db: Database;
  readonly connection: ConnectionSettings;
  /** Where it is, for people. */
  readonly place: string;
  close(): Promise<void>;
}

/**
 * Opens the catalogue that the settings name.
 *
 * @param options.asServer whether this process is the web server of an embedded database, of which there is one.
 * @param options.onTakenOver see `openEmbedded`.
 * @param options.plant whether an unused catalogue gets the starter papers; not before a restore.
 * @throws OffprintError when it cannot be reached, with what to do.
 */
export async function openCatalogue(
  settings: Settings,
  options: { readonly asServer?: boolean; readonly plant?: boolean; readonly onTakenOver?: () => void } = {},
): Promise<OpenCatalogue> {
  if (settings.databaseUrl === undefined) {
    const embedded = await openEmbedded(settings.dataFolder, {
      asServer: options.asServer === true,
      ...(options.onTakenOver === undefined ? {} : { onTakenOver: options.onTakenOver }),
    });
    return prepare(embedded.settings, embedded.dataFolder, options.plant !== false, () => embedded.close());
  }
  return prepare(
    { url: settings.databaseUrl },
    withoutPassword(settings.databaseUrl),
    options.plant !== false,
    async () => undefined,
  );
}

async function prepare(
  connection: ConnectionSettings,
  place: string,
  plant: boolean,
  leave: () => Promise<void>,
): Promise<OpenCatalogue> {
  const db = openDatabase(connection);
  const close = async (): Promise<void> => {
    await db.destroy();
    await leave();
  };
  try {
    await migrate(db);
    if (plant) await plantStarter(db);
    return { db, connection, place, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw explainDatabase(error, place);
  }
}

/** The sentence for what a database server answers to those who cannot use it. */
function explainDatabase(error: unknown, place: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason: Record<string, string> = {
    ECONNREFUSED: 'nothing answers there: start the server or correct DATABASE_URL',
    ENOTFOUND: 'its host is unknown: correct DATABASE_URL',
    ETIMEDOUT: 'it does not answer: check the network and DATABASE_URL',
    '28P01': 'the password is wrong: correct DATABASE_URL',
    '28000': 'the user is not admitted: correct DATABASE_URL or pg_hba.conf',
    '3D000': 'that database does not exist: create it',
    '42501': 'the user may not create tables there: make it the owner of the database',
    '53100': 'the disk is full: free some space',
    '53300': 'it has no connection left: raise max_connections',
    '25006': 'it is read-only: point DATABASE_URL at the primary',
  };
  const sentence = reason[code];
  return sentence === undefined
    ? error
    : new OffprintError('database', `The database ${place} cannot be used because ${sentence}.`, {
        cause: error,
      });
}

/** A connection address that can be shown and logged. */
export function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.password = '';
    parsed.search = '';
    return parsed.href;
  } catch {
    return 'at DATABASE_URL';
  }
}
