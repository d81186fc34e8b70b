-- The catalogue: what is true about papers and where they were listed. Everything else can be rebuilt from it.
-- Core PostgreSQL only, so that the same file runs on the embedded server and on any server from 15 on.

-- One row for facts about this catalogue itself. `generation` names its history: a derived index that
-- remembers another generation must start over (a restore begins a new one).
create table catalogue (
  singleton boolean primary key default true check (singleton),
  generation uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);
insert into catalogue default values;

create table organization (
  name text primary key,
  fullname text,
  avatar_url text
);

create table paper (
  paper_id text primary key check (paper_id <> '' and length(paper_id) <= 128),
  title text not null,
  abstract text,
  author_count integer not null default 0 check (author_count >= 0),
  published_at timestamptz,
  updated_at timestamptz,
  primary_category text,
  categories text[] not null default '{}',
  comment text,
  journal_ref text,
  doi text,
  licence text,
  withdrawn boolean not null default false,
  thumbnail_url text,
  media_urls text[] not null default '{}',
  organization_name text references organization (name),
  -- How much the source that wrote title, abstract, authors and categories is to be believed about them;
  -- a lesser source only fills what is still unknown.
  authority smallint not null,
  first_seen_at timestamptz not null default now()
);
create index paper_published on paper (published_at desc nulls last, paper_id);
create index paper_title on paper (lower(title));

create table authorship (
  paper_id text not null references paper on delete cascade,
  position integer not null check (position >= 1),
  name text not null, -- as printed
  affiliation text,
  primary key (paper_id, position)
);

create table version (
  paper_id text not null references paper on delete cascade,
  number integer not null check (number >= 1),
  submitted_at timestamptz,
  size_bytes bigint check (size_bytes >= 0),
  primary key (paper_id, number)
);

create table link (
  paper_id text not null references paper on delete cascade,
  kind text not null check (kind in ('code', 'project')),
  url text not null,
  stars integer check (stars >= 0),
  primary key (paper_id, kind)
);

-- `ours` is written for this project, `upstream` comes from an upstream Daily Papers API.
create table summary (
  paper_id text not null references paper on delete cascade,
  kind text not null check (kind in ('ours', 'upstream')),
  body text not null,
  keywords text[] not null default '{}',
  primary key (paper_id, kind)
);

-- Counts change far more often than papers do; apart, they leave the paper's row alone.
create table tally (
  paper_id text primary key references paper on delete cascade,
  upvotes integer not null default 0 check (upvotes >= 0),
  comments integer not null default 0 check (comments >= 0)
);

create table submitter (
  name text primary key,
  fullname text,
  upstream_id text,
  kind text not null default 'user'
);

-- A paper on a feed day. `daily` is the curated feed, `arxiv` what arXiv announced.
create table listing (
  day date not null,
  paper_id text not null references paper on delete cascade,
  feed text not null check (feed in ('daily', 'arxiv')),
  announce text not null check (announce in ('new', 'cross', 'replace', 'replace-cross')),
  position integer,
  submitted_by text references submitter (name),
  submitted_at timestamptz,
  primary key (day, paper_id, feed)
);
create index listing_paper on listing (paper_id, day);
create index listing_submitter on listing (submitted_by, day) where submitted_by is not null;

-- Other names of a paper: a `page:` id that was matched to an arXiv id, a DOI.
create table alias (
  alias_id text primary key,
  paper_id text not null references paper on delete cascade
);
create index alias_paper on alias (paper_id);

-- The change sequence. One row a paper, at its latest change, removals included. A reader takes the rows
-- whose transaction is older than every running one, in the order (xid, seq): no row can appear
-- behind a cursor that has passed it, whatever order transactions commit in.
create sequence change_seq;
create table change (
  paper_id text primary key,
  removed boolean not null,
  xid xid8 not null,
  seq bigint not null
);
create index change_order on change (xid, seq);

create function record_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into change (paper_id, removed, xid, seq)
    select o.paper_id, p.paper_id is null, pg_current_xact_id(), nextval('change_seq')
    from (select distinct paper_id from old_rows order by paper_id) o left join paper p using (paper_id)
    where not exists (select 1 from change c where c.paper_id = o.paper_id and c.xid = pg_current_xact_id() and c.removed = (p.paper_id is null))
    on conflict (paper_id) do update set removed = excluded.removed, xid = excluded.xid, seq = excluded.seq;
  else
    insert into change (paper_id, removed, xid, seq)
    select n.paper_id, false, pg_current_xact_id(), nextval('change_seq')
    from (select distinct paper_id from new_rows order by paper_id) n
    -- A transaction writes several tables of one paper; one entry is enough, for a reader sees it whole.
    where not exists (select 1 from change c where c.paper_id = n.paper_id and c.xid = pg_current_xact_id() and not c.removed)
    on conflict (paper_id) do update set removed = excluded.removed, xid = excluded.xid, seq = excluded.seq;
  end if;
  perform pg_notify('offprint_change', '');
  return null;
end $$;

do $$
declare t text;
begin
  foreach t in array array['paper', 'authorship', 'version', 'link', 'summary', 'tally', 'listing', 'alias'] loop
    execute format('create trigger %I_inserted after insert on %I referencing new table as new_rows for each statement execute function record_change()', t, t);
    execute format('create trigger %I_updated after update on %I referencing new table as new_rows for each statement execute function record_change()', t, t);
    execute format('create trigger %I_deleted after delete on %I referencing old table as old_rows for each statement execute function record_change()', t, t);
  end loop;
end $$;
