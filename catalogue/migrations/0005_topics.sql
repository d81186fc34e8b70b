-- Topics: a saved query, or a set of examples, that reads as a feed.
create table topic (
  slug text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  title text not null check (title <> '' and length(title) <= 120),
  query text not null default '' check (length(query) <= 250),
  -- Papers that the topic should be like; not references, for an example may be merged or removed.
  examples text[] not null default '{}',
  created_at timestamptz not null default now(),
  check (query <> '' or cardinality(examples) > 0)
);

-- Kept pages show topics too; papers are not touched, so followers of the change sequence are told nothing new.
create function notify_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('offprint_change', '');
  return null;
end $$;
create trigger topic_changed after insert or update or delete on topic for each statement execute function notify_change();
