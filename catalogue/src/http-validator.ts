// What servers told us to send back with the next conditional request (RFC 9110, section 13).
import type { Database } from './database.ts';

export interface HttpValidator {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** The validators last seen for an address; `undefined` when it was never read whole. */
export async function readValidator(db: Database, url: string): Promise<HttpValidator | undefined> {
  const row = await db
    .selectFrom('http_validator')
    .select(['etag', 'last_modified'])
    .where('url', '=', url)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { etag: row.etag ?? undefined, lastModified: row.last_modified ?? undefined };
}

/** To be called once everything in the reply is stored, or a crash in between would lose it. */
export async function saveValidator(db: Database, url: string, validator: HttpValidator): Promise<void> {
  const values = {
    etag: validator.etag ?? null,
    last_modified: validator.lastModified ?? null,
    seen_at: new Date().toISOString(),
  };
  await db
    .insertInto('http_validator')
    .values({ url, ...values })
    .onConflict((conflict) => conflict.column('url').doUpdateSet(values))
    .execute();
}
