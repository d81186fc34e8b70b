// Papers known by title alone, such as those of the starter catalogue, get the rest from arXiv.
import { listIncompletePapers } from '@offprint/catalogue';
import { ingestQuery } from './ingest-query.ts';
import type { IngestContext, RunReport } from './run.ts';

/** Three requests of a hundred ids. */
const maxPapers = 300;

/**
 * Asks arXiv's query API for papers of which the catalogue has no abstract, the most recently listed first.
 * What it does not know is remembered and not asked again.
 *
 * @returns the report, or `undefined` when no paper lacks anything and nobody was asked.
 */
export async function completePapers(
  context: IngestContext,
  options: { readonly base?: string } = {},
): Promise<RunReport | undefined> {
  const ids = await listIncompletePapers(context.db, maxPapers);
  return ids.length === 0 ? undefined : ingestQuery(context, { ids, ...options });
}
