-- Where the catalogue is filled from, and how that went.
create table source (
  name text primary key,
  last_success_at timestamptz,
  last_error_at timestamptz,
  last_error text,
  next_try_at timestamptz,
  note text
);

create table ingest_run (
  run_id bigint generated always as identity primary key,
  source text not null references source (name),
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  outcome text check (outcome in ('succeeded', 'failed', 'stopped')),
  fetched integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  refused integer not null default 0,
  refusals jsonb not null default '[]', -- the first hundred, each {id, reason}
  error text
);
create index ingest_run_source on ingest_run (source, run_id desc);

-- Where a long ingest stands; written in the same transaction as the papers it covers.
create table checkpoint (
  source text not null references source (name),
  key text not null,
  value jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (source, key)
);

-- What a source said about a feed day: `announced`, `empty` (a weekend, a holiday), or `failed`.
create table feed_day (
  day date not null,
  source text not null references source (name),
  outcome text not null check (outcome in ('announced', 'empty', 'failed')),
  detail text,
  recorded_at timestamptz not null default now(),
  primary key (day, source)
);

-- One gate a host, shared by every process on this database: the earliest instant of the next request.
create table gate (
  host text primary key,
  next_at timestamptz not null default now()
);

-- What a server told us to send back with the next conditional request (RFC 9110, section 13).
create table http_validator (
  url text primary key,
  etag text,
  last_modified text,
  seen_at timestamptz not null default now()
);
