// The public face of ingest: other rooms import from here and from nowhere else in this room.
export type { Refusal } from './accept-record.ts';
export { arxivZone } from './arxiv-rss.ts';
export { completePapers } from './complete-papers.ts';
export { type ImportOptions, importJsonl } from './import-jsonl.ts';
export { type DailyOptions, ingestDaily } from './ingest-daily.ts';
export { arxivOaiBase, ingestOai, type OaiOptions } from './ingest-oai.ts';
export { ingestPage, type PageOptions } from './ingest-page.ts';
export { arxivQueryBase, indexPaper, ingestQuery, type QueryOptions } from './ingest-query.ts';
export { announcementDay, arxivRssBase, ingestRss, type RssOptions } from './ingest-rss.ts';
export { matchPagePapers } from './lookup-title.ts';
export { oaiSetOf } from './oai-set.ts';
export { createPoliteFetch } from './polite-fetch.ts';
export type {
  PoliteFetch,
  PoliteFetchSettings,
  PoliteReply,
  PoliteRequest,
} from './polite-request.ts';
export type { IngestContext, Progress, RunReport } from './run.ts';
export {
  arxivRhythm,
  type IngestJob,
  type IngestSettings,
  indexPaperJob,
  ingestJobs,
  planIngest,
} from './schedule.ts';
