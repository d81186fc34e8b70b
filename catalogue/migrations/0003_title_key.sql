-- Finding papers by title, however it is spelt, and the papers that still wait for their arXiv id.

-- Letters and digits only, in one case and one Unicode form. ASCII punctuation is named by the class and the
-- rest by hand, so that the result is the same under every collation and no script's letters are lost.
create function title_key(title text) returns text
language sql immutable strict parallel safe
return regexp_replace(lower(normalize(title, NFKC)), '[[:space:][:punct:]–—‐‑−‘’“”′…·•]+', '', 'g');

-- A hash index takes titles of any length; the B-tree on lower(title) refused long ones.
drop index paper_title;
create index paper_title_key on paper using hash (title_key(title));

create index paper_unmatched on paper (paper_id) where paper_id like 'page:%';
