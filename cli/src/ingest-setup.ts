// Ingest as this installation does it: the settings turned into a polite client, a context and the jobs of the server.
import type { Database, JobDefinition } from '@offprint/catalogue';
import {
  createPoliteFetch,
  type IngestContext,
  type IngestSettings,
  indexPaperJob,
  ingestJobs,
  oaiSetOf,
} from '@offprint/ingest';
import type { Settings } from './settings.ts';

/** What every ingest run of this process works with. */
export function ingestContext(
  db: Database,
  settings: Settings,
  more: Omit<IngestContext, 'db' | 'fetch'> = {},
): IngestContext {
  const fetch = createPoliteFetch({ db, contact: settings.contact, allowPrivateHosts: settings.allowHosts });
  return { db, fetch, ...more };
}

/** What the running server fetches by itself; nothing with `OFFPRINT_INGEST=off`. */
export function ingestSettings(settings: Settings): IngestSettings {
  return {
    categories: settings.ingest ? settings.categories : [],
    sets: settings.ingest ? settings.categories.map(oaiSetOf) : [],
    ...(settings.upstream === undefined || !settings.ingest ? {} : { upstream: settings.upstream }),
    calendar: settings.calendar,
    rssBase: settings.arxivUrls.rss,
    oaiBase: settings.arxivUrls.oai,
    queryBase: settings.arxivUrls.api,
  };
}

/** The ingest jobs as the queue wants them. */
export function ingestJobDefinitions(context: IngestContext, settings: Settings): JobDefinition[] {
  return ingestJobs(ingestSettings(settings)).map((job) => ({
    name: job.name,
    ...(job.crons.length === 0 || !settings.ingest ? {} : { schedule: { crons: job.crons, zone: job.zone } }),
    retryLimit: job.retryLimit,
    retryDelaySeconds: job.retryDelaySeconds,
    run: (data, signal) => job.run({ ...context, signal }, data),
  }));
}

/** The jobs that a server asks for once when it starts, so that a feed does not wait for the next evening. */
export function jobsAtStart(settings: Settings): string[] {
  return ingestJobs(ingestSettings(settings))
    .filter(({ name, crons }) => settings.ingest && crons.length > 0 && name !== indexPaperJob)
    .map(({ name }) => name);
}
