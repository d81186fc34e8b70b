-- Papers that still wait for their abstract are few among many; finding them must not read the others.
create index paper_incomplete on paper (paper_id) where abstract is null;
