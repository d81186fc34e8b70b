// The public face of the catalogue: other rooms import from here and from nowhere else in this room.
export { type BackupProgress, backup } from './backup.ts';
export {
  type Change,
  type ChangeBatch,
  type ChangeCursor,
  type RevisionWatch,
  readChanges,
  watchRevision,
} from './change.ts';
// Filling: what ingest needs of the catalogue, and what it leaves for others to read.
export { clearCheckpoint, readCheckpoint, saveCheckpoint } from './checkpoint.ts';
export { type Claim, claimName } from './claim.ts';
export { countConnections, pingDatabase } from './connections.ts';
export { type ConnectionSettings, clientOptions, type Database, openDatabase } from './database.ts';
export { dumpRecords } from './dump.ts';
export { type EmbeddedDatabase, openEmbedded } from './embedded/open.ts';
export { type ErrorCode, OffprintError } from './errors.ts';
export {
  adjacentFeedDays,
  type CategoryCount,
  type DecayedAttention,
  type FeedPage,
  type FeedQuery,
  type FeedSort,
  newestFeedDay,
  readFeed,
  readFeedCategories,
} from './feed.ts';
export {
  defaultCalendar,
  type FeedCalendar,
  feedDayOpensAt,
  isListingWeekday,
  openFeedDay,
} from './feed-calendar.ts';
export { type FeedDayOutcome, type FeedDayReport, readFeedDays, recordFeedDay } from './feed-day.ts';
export {
  findByTitle,
  findMatchesOfPagePapers,
  listPagePapers,
  type TitleMatch,
} from './find-by-title.ts';
export { claimGate, type GateClaim, type GateLease, moveGate } from './gate.ts';
export { type HttpValidator, readValidator, saveValidator } from './http-validator.ts';
export { listIncompletePapers } from './incomplete.ts';
export { type JobDefinition, type Jobs, startJobs } from './jobs.ts';
export { isMigrated, migrate } from './migrate.ts';
export { forgetMissing, missingSince, rememberMissing } from './missing-paper.ts';
export { type DayNeighbour, readDayNeighbours } from './neighbours.ts';
export { readNewestListings } from './newest-listings.ts';
export type {
  Author,
  FeedEntry,
  Link,
  Listing,
  Organization,
  Paper,
  PaperCard,
  Submitter,
  Summary,
  Version,
} from './paper.ts';
export { type ArxivId, isArxivId, parseArxivId, parsePaperId } from './paper-id.ts';
export { countPapersByMonth, listPaperStamps, type MonthCount, type PaperStamp } from './paper-stamps.ts';
export { readCards } from './read-cards.ts';
export { countPapers, listPapers, type PaperCursor, readPaper } from './read-paper.ts';
export {
  type Announce,
  authority,
  type Feed,
  instantSchema,
  type ListingRecord,
  type PaperRecord,
  paperRecordSchema,
  plainDateSchema,
  type SourceName,
} from './record.ts';
export { restore } from './restore.ts';
export {
  beginRun,
  endRun,
  type IngestRun,
  listSources,
  planNextTry,
  type RunCounts,
  type RunOutcome,
  type RunRefusal,
  type SourceStatus,
  saveRunProgress,
  withSourceLock,
} from './source.ts';
export { plantStarter, readStarterRecords, starterDay } from './starter.ts';
export { type Page, type StoreOutcome, storePage } from './store.ts';
export type { Tables } from './tables.ts';
export { listTopics, readTopic, removeTopic, saveTopic, type Topic } from './topic.ts';
export { markWithdrawn } from './withdraw.ts';
