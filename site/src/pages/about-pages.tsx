// What this site is, and how trending is computed: the pages under `/about`.
import type { DecayedAttention, FeedCalendar } from '@offprint/catalogue';
import { explainTrending } from '@offprint/discovery';
import { raw } from 'hono/html';
import { paragraphsHtml } from '../maths/prose.ts';
import { Page } from './layout.tsx';

export function AboutPage(props: { readonly calendar: FeedCalendar }) {
  const { zone, opensAt } = props.calendar;
  return (
    <Page title="About" section="about">
      <article class="essay">
        <p class="kicker">About</p>
        <h1>A quiet place for the day’s papers</h1>
        <p>
          Offprint lists new research papers day by day, keeps them, and shows them without noise. It runs on
          one machine, yours if you like, and everything on a page comes from the server that served it: no
          other site learns what you read.
        </p>
        <h2>Days</h2>
        <p>
          A feed day is a calendar date in the zone {zone}. The next day opens at {opensAt} the evening
          before. arXiv announces on Sunday to Thursday evenings, so its listing days are Monday to Friday;
          nothing is announced on Fridays, Saturdays and some holidays. Moving from day to day skips the empty
          ones.
        </p>
        <h2>What stands on a card</h2>
        <p>
          Title, authors, categories and abstract are the authors’ own, as their source gives them. A text
          marked <span class="label">Offprint summary</span> is written for this project, not by the authors;
          a <span class="label">Summary from the upstream feed</span> comes from the feed that listed the
          paper. New papers, cross-lists and replacements are kept apart.
        </p>
        <h2>Addresses</h2>
        <p>
          Every list has an address: <code>/date/2026-02-06</code>, <code>/week/2026-W06</code>,{' '}
          <code>/month/2026-02</code>; filters are part of it, as in <code>?include=cs.LG&amp;code=on</code>.
          A paper is found under any spelling of its arXiv id, and its page ends in <code>.bib</code>,{' '}
          <code>.ris</code>, <code>.csl.json</code> or <code>.md</code> for programs.
        </p>
        <h2>Search</h2>
        <p>
          The box on every page finds papers by words and by meaning, and opens them by their ids:{' '}
          <a href="/about/search">how to search</a>. Every search has an address too, and a feed.
        </p>
        <h2>Keyboard</h2>
        <p>
          <kbd>j</kbd> and <kbd>k</kbd> walk the papers, <kbd>Enter</kbd> or <kbd>o</kbd> opens one,{' '}
          <kbd>p</kbd> and <kbd>n</kbd> go to the earlier and the later day, <kbd>/</kbd> searches,{' '}
          <kbd>?</kbd> lists all keys. Nothing here needs a script.
        </p>
        <h2>Sources</h2>
        <p>
          Where papers come from and how that went is on the <a href="/status">status page</a>; how trending
          is computed is on <a href="/about/trending">a page of its own</a>. Thank you to arXiv for the use of
          its open access interoperability. This site was not reviewed or approved by, nor does it necessarily
          express or reflect the policies or opinions of, arXiv.
        </p>
      </article>
    </Page>
  );
}

const examples = [
  { upvotes: 0, comments: 0, daysAgo: 0 },
  { upvotes: 7, comments: 0, daysAgo: 0 },
  { upvotes: 15, comments: 0, daysAgo: 2 },
  { upvotes: 40, comments: 12, daysAgo: 4 },
  { upvotes: 200, comments: 30, daysAgo: 14 },
];

export function AboutTrendingPage(props: { readonly constants: DecayedAttention }) {
  const { commentWeight, halfLifeDays } = props.constants;
  const today = Temporal.PlainDate.from('2026-02-06');
  const formula = String.raw`\text{score} = \log_2\bigl(1 + \text{votes} + ${commentWeight}\,\text{comments}\bigr) - \frac{\text{days old}}{${halfLifeDays}}`;
  return (
    <Page title="How trending works" section="trending">
      <article class="essay">
        <p class="kicker">
          <a href="/trending">Trending</a>
        </p>
        <h1>How trending works</h1>
        <p>Papers are ordered by attention that fades. The whole formula:</p>
        <div class="prose">{raw(paragraphsHtml(`$$${formula}$$`))}</div>
        <p>
          A comment counts as {commentWeight} votes. Days are counted in the calendar, from the day under
          which the paper is listed to the newest one. A paper that is {halfLifeDays} days older needs twice
          the attention to stand at the same place.
        </p>
        <p>
          Nothing else enters: no reader’s history, no author’s name, no boost. The age is subtracted, so two
          papers keep their order as time passes, and only a vote or a comment can change it. Every card on
          the <a href="/trending">trending page</a> says under “Why here” which numbers put it there.
        </p>
        <table>
          <caption>Examples</caption>
          <thead>
            <tr>
              <th scope="col">Votes</th>
              <th scope="col">Comments</th>
              <th scope="col">Days ago</th>
              <th scope="col">Score</th>
            </tr>
          </thead>
          <tbody>
            {examples.map(({ upvotes, comments, daysAgo }) => {
              const day = today.subtract({ days: daysAgo }).toString();
              const { score } = explainTrending(
                { upvotes, comments, day },
                today.toString(),
                props.constants,
              );
              return (
                <tr>
                  <td>{upvotes}</td>
                  <td>{comments}</td>
                  <td>{daysAgo}</td>
                  <td>{score.toFixed(2)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </article>
    </Page>
  );
}
