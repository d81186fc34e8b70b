// Topics: saved queries and sets of examples that read as a feed.
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface Topic {
  /** Lower-case words joined by hyphens; the end of the topic's address. */
  readonly slug: string;
  readonly title: string;
  /** In the query language of search; may be empty where there are examples. */
  readonly query: string;
  /** Ids of papers that the topic should be like. */
  readonly examples: readonly string[];
  readonly createdAt: string;
}

/** Every topic, by title. */
export async function listTopics(db: Database): Promise<Topic[]> {
  const { rows } = await sql<Topic>`
    select slug, title, query, examples, created_at as "createdAt" from topic order by lower(title), slug`.execute(
    db,
  );
  return rows;
}

/** One topic; `undefined` when there is none of that name. */
export async function readTopic(db: Database, slug: string): Promise<Topic | undefined> {
  const { rows } = await sql<Topic>`
    select slug, title, query, examples, created_at as "createdAt" from topic where slug = ${slug}`.execute(
    db,
  );
  return rows[0];
}

/** Adds a topic, or changes the one of that slug. */
export async function saveTopic(db: Database, topic: Omit<Topic, 'createdAt'>): Promise<'added' | 'changed'> {
  const { rows } = await sql<{ added: boolean }>`
    insert into topic (slug, title, query, examples)
    values (${topic.slug}, ${topic.title}, ${topic.query}, ${[...topic.examples]})
    on conflict (slug) do update set title = excluded.title, query = excluded.query, examples = excluded.examples
    returning xmax = 0 as added`.execute(db);
  return rows[0]?.added === true ? 'added' : 'changed';
}

/** Removes a topic. Returns whether there was one. */
export async function removeTopic(db: Database, slug: string): Promise<boolean> {
  const { rows } = await sql`delete from topic where slug = ${slug} returning slug`.execute(db);
  return rows.length > 0;
}
