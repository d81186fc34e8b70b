// What tests of other rooms may use of ingest: a server that replays and misbehaves.

export { fixtureAuthor, oaiPage, rssFeed } from './fixtures.ts';
export * from './replay-server.ts';
