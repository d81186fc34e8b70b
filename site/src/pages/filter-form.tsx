// The filters of a feed page as a form that works without a script: everything ends up in the address.
import type { CategoryCount } from '@offprint/catalogue';
import { type FeedFilters, filterHref, isFiltered } from './feed-filters.ts';
import { counted } from './format.ts';

export interface FilterFormProps {
  readonly path: string;
  readonly filters: FeedFilters;
  /** The order used when the address names none. */
  readonly standardSort: 'votes' | 'newest' | 'trending';
  readonly categories: readonly CategoryCount[];
  /** How many replaced versions the period has; they stand apart from new papers. */
  readonly replacements: number;
}

const sorts = [
  ['votes', 'Votes'],
  ['newest', 'Newest'],
  ['trending', 'Trending'],
] as const;

export function FilterBar(props: FilterFormProps) {
  const { filters, path } = props;
  const current = filters.sort ?? props.standardSort;
  return (
    <section class="filters" aria-label="Sort and filter">
      <p class="choices">
        <span class="choices-name">Sort by</span>
        {sorts.map(([sort, name]) => (
          <a
            href={filterHref(path, filters, { sort: sort === props.standardSort ? undefined : sort })}
            aria-current={sort === current ? 'true' : undefined}
          >
            {name}
          </a>
        ))}
      </p>
      <Categories {...props} />
      {props.replacements > 0 || filters.show === 'replacements' ? (
        <p class="choices">
          <span class="choices-name">Show</span>
          <a
            href={filterHref(path, filters, { show: 'new' })}
            aria-current={filters.show === 'new' ? 'true' : undefined}
          >
            New papers
          </a>
          <a
            href={filterHref(path, filters, { show: 'replacements' })}
            aria-current={filters.show === 'replacements' ? 'true' : undefined}
          >
            {counted(props.replacements, 'replacement')}
          </a>
        </p>
      ) : null}
      <Form {...props} />
    </section>
  );
}

function Categories({ categories, filters, path }: FilterFormProps) {
  if (categories.length < 2) return null;
  const only = filters.include.length === 1 ? filters.include[0] : undefined;
  return (
    <p class="choices">
      <span class="choices-name">Category</span>
      <a
        href={filterHref(path, filters, { include: [] })}
        aria-current={filters.include.length === 0 ? 'true' : undefined}
      >
        All
      </a>
      {categories.slice(0, 8).map(({ category, papers }) => (
        <a
          href={filterHref(path, filters, { include: [category] })}
          aria-current={category === only ? 'true' : undefined}
        >
          {category} <small>{papers}</small>
        </a>
      ))}
    </p>
  );
}

function Form({ path, filters, standardSort }: FilterFormProps) {
  return (
    <details
      class="more-filters"
      open={filters.exclude.length > 0 || filters.code || filters.include.length > 1}
    >
      <summary>More filters</summary>
      <form action={path} method="get">
        {filters.sort !== undefined && filters.sort !== standardSort ? (
          <input type="hidden" name="sort" value={filters.sort} />
        ) : null}
        {filters.show === 'replacements' ? <input type="hidden" name="show" value="replacements" /> : null}
        <label>
          Only these categories
          <input
            name="include"
            type="text"
            value={filters.include.join(', ')}
            placeholder="cs.LG, stat.ML"
            maxlength={400}
          />
        </label>
        <label>
          Without these
          <input
            name="exclude"
            type="text"
            value={filters.exclude.join(', ')}
            placeholder="cs.CV, eess"
            maxlength={400}
          />
        </label>
        <label>
          Feed
          <select name="feed">
            <option value="" selected={filters.feed === undefined}>
              Both
            </option>
            <option value="daily" selected={filters.feed === 'daily'}>
              Daily papers
            </option>
            <option value="arxiv" selected={filters.feed === 'arxiv'}>
              arXiv announcements
            </option>
          </select>
        </label>
        <label class="tick">
          <input type="checkbox" name="cross" value="on" checked={filters.cross} />
          With cross-lists
        </label>
        <label class="tick">
          <input type="checkbox" name="code" value="on" checked={filters.code} />
          With code only
        </label>
        <p class="form-actions">
          <button type="submit">Apply</button>
          {isFiltered(filters) || filters.cross ? <a href={path}>Clear</a> : null}
        </p>
      </form>
    </details>
  );
}
