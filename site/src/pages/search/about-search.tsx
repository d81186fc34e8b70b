// How to search: the query language by examples, as a page of its own and under an empty search box.

import { searchHref } from '../../search/search-address.ts';
import { Page } from '../layout.tsx';
import { SearchBox } from './search-box.tsx';

const examples: readonly (readonly [query: string, meaning: string])[] = [
  ['retention loss', 'papers about it, with these words or with others of the same meaning'],
  ['"in-context learning"', 'this phrase, word by word'],
  ['diffusion -image', 'without papers that have this word'],
  ['title:scaling', 'the word in the title'],
  ['author:"A. Author"', 'papers of an author'],
  ['cat:cs.LG', 'a category, or an archive with all its categories: cat:cs'],
  ['date:2025', 'a year; also a month, 2025-06, a day, a stretch, 2025-06..2025-12, or the last days, 7d'],
  ['has:code', 'papers with code'],
  ['source:arxiv', 'papers from one source'],
  ['2406.08607', 'opens the paper, however its arXiv id or address is written'],
];

/** What one can write in the box, each as a link that does it. */
function Language() {
  return (
    <table class="language">
      <thead>
        <tr>
          <th scope="col">Write</th>
          <th scope="col">To find</th>
        </tr>
      </thead>
      <tbody>
        {examples.map(([query, meaning]) => (
          <tr>
            <td>
              <a href={searchHref({ q: query, sort: 'relevance', page: 1, explain: false })}>
                <code>{query}</code>
              </a>
            </td>
            <td>{meaning}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `/search` before anything was searched. */
export function EmptySearchPage() {
  return (
    <Page title="Search" unlisted ownSearchBox>
      <header class="search-head">
        <h1>Search</h1>
        <SearchBox large />
      </header>
      <div class="essay quiet-essay">
        <Language />
        <p>
          These go together: <code>cat:cs.LG date:2025 "continual learning" -survey</code>.{' '}
          <a href="/about/search">How search works</a> says more; <a href="/topics">topics</a> are searches
          that are kept.
        </p>
      </div>
    </Page>
  );
}

/** `/about/search`. */
export function AboutSearchPage() {
  return (
    <Page
      title="How to search"
      description="The query language of the search box, and how results are ordered."
    >
      <article class="essay">
        <p class="kicker">
          <a href="/search">Search</a>
        </p>
        <h1>How to search</h1>
        <p>
          Write what you are looking for, in words or in a sentence. Papers are found by their words and by
          their meaning, in titles and abstracts, and authors by their names. <kbd>/</kbd> brings you to the
          box from anywhere.
        </p>
        <Language />
        <h2>Words</h2>
        <p>
          Endings, capitals, accents and hyphens do not matter: <em>fine-tuning</em> finds <em>finetuned</em>,{' '}
          <em>Schrodinger</em> finds <em>Schrödinger</em>. LaTeX counts as the word it stands for, so{' '}
          <em>alpha</em> finds <code>$\alpha$</code>. A word that no paper has is searched as the nearest one
          that some have, and the page says so. A paper need not have all the words, but those that do stand
          higher; quotation marks and <code>title:</code> or <code>author:</code> make a word required.
        </p>
        <h2>Filters</h2>
        <p>
          <code>cat:</code>, <code>source:</code> and <code>id:</code> given several times mean any of them;
          dates given several times mean all of them. A minus before a word, a phrase or a filter leaves out
          what it finds. What cannot be read as a filter is searched as words. Only the first 250 characters
          of a query are searched.
        </p>
        <h2>Order</h2>
        <p>
          By relevance, two rankings are put together: one counts how often the words stand in title and
          abstract and how rare they are among all papers, the other compares the meaning of the query with
          that of each paper, on this machine and without telling anyone. “Why this order?” beside the results
          shows both for every paper. No reader’s history enters. Of very many papers the best 1,000 are kept;
          by date and by votes, these are what is ordered.
        </p>
        <h2>Following</h2>
        <p>
          Every search is a feed for feed readers, newest first: “Follow as a feed” stands beside the results.
          A search or a few papers can be kept as a <a href="/topics">topic</a>, and “More like this” leads
          from a paper to those near it.
        </p>
      </article>
    </Page>
  );
}
