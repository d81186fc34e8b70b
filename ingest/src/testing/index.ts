// What tests and benchmarks of other rooms may use of ingest: a server that replays and misbehaves, invented papers.
export { type OaiPageOptions, type OaiPaper, oaiPage, queryFeed, type RssItem, rssFeed } from './fixtures.ts';
export {
  type Answer,
  cutShort,
  gzipBomb,
  gzipped,
  inTurn,
  overloaded,
  type ReplayServer,
  redirect,
  reply,
  reset,
  slowDrip,
  stalled,
  startReplayServer,
  truncated,
} from './replay-server.ts';
