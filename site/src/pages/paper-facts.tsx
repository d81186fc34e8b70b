// The facts beside an abstract: links, versions, licence, categories, where it was listed, how to cite it.
import { isArxivId, type Paper } from '@offprint/catalogue';
import { clip } from '../maths/clean-text.ts';
import { plainProse } from '../maths/prose.ts';
import { OutLink } from './card.tsx';
import { citationFormats } from './citation-formats.ts';
import { Fact } from './fact.tsx';
import { paperPath, shortDate, utcDay } from './format.ts';
import { licenceName } from './licence-name.ts';
import { safeHref } from './safe-href.ts';
import { Sentences } from './text.tsx';

export function PaperFacts(props: { readonly paper: Paper }) {
  const { paper } = props;
  const arxiv = isArxivId(paper.id);
  return (
    <aside class="facts" aria-label="About this paper">
      <dl>
        <Fact name="Read">
          {arxiv ? (
            <>
              <a href={`https://arxiv.org/abs/${paper.id}`}>arXiv:{paper.id}</a>
              <a href={`https://arxiv.org/pdf/${paper.id}`}>PDF</a>
            </>
          ) : (
            <span>{clip(paper.id, 120)}</span>
          )}
          {paper.links.map((link) => (
            <OutLink link={link} title={plainProse(paper.title, 120)} />
          ))}
        </Fact>
        {paper.versions.length > 0 ? <Versions paper={paper} /> : null}
        {paper.categories.length > 0 ? (
          <Fact name="Categories">
            {paper.categories.slice(0, 30).map((category) => (
              <span>{category}</span>
            ))}
          </Fact>
        ) : null}
        {paper.comment ? (
          <Fact name="Comments">
            <span>
              <Sentences text={clip(paper.comment, 1000)} />
            </span>
          </Fact>
        ) : null}
        {paper.journalRef ? (
          <Fact name="Published in">
            <span>
              <Sentences text={clip(paper.journalRef, 500)} />
            </span>
          </Fact>
        ) : null}
        {paper.doi ? (
          <Fact name="DOI">
            <a href={`https://doi.org/${encodeURI(paper.doi)}`}>{clip(paper.doi, 120)}</a>
          </Fact>
        ) : null}
        {paper.licence ? <Licence licence={paper.licence} /> : null}
        <Listings paper={paper} />
        <Fact name="Cite">
          {Object.entries(citationFormats).map(([ending, { name }]) => (
            <a href={`${paperPath(paper.id)}.${ending}`}>{name}</a>
          ))}
        </Fact>
      </dl>
    </aside>
  );
}

function Versions(props: { readonly paper: Paper }) {
  const { paper } = props;
  const newestFirst = [...paper.versions].sort((a, b) => b.number - a.number).slice(0, 50);
  return (
    <Fact name="Versions">
      {newestFirst.map(({ number, submittedAt, sizeBytes }) => (
        <span>
          {isArxivId(paper.id) ? (
            <a href={`https://arxiv.org/abs/${paper.id}v${number}`}>v{number}</a>
          ) : (
            `v${number}`
          )}
          {submittedAt ? `, ${shortDate(utcDay(submittedAt))}` : ''}
          {sizeBytes === null ? '' : `, ${kilobytes(sizeBytes)}`}
        </span>
      ))}
    </Fact>
  );
}

function kilobytes(sizeBytes: number): string {
  return sizeBytes >= 1_000_000
    ? `${(sizeBytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(sizeBytes / 1000))} kB`;
}

function Licence(props: { readonly licence: string }) {
  const href = safeHref(props.licence);
  const name = clip(licenceName(props.licence), 200);
  return <Fact name="Licence">{href ? <a href={href}>{name}</a> : <span>{name}</span>}</Fact>;
}

function Listings(props: { readonly paper: Paper }) {
  const { listings } = props.paper;
  if (listings.length === 0) return null;
  const announced = {
    new: '',
    cross: ', cross-list',
    replace: ', replacement',
    'replace-cross': ', replacement',
  };
  return (
    <Fact name="Listed">
      {listings.slice(0, 12).map((listing) => (
        <span>
          <a href={`/date/${listing.day}`}>{shortDate(listing.day)}</a>
          {listing.feed === 'arxiv' ? ' on arXiv' : ''}
          {announced[listing.announce]}
          {listing.submittedBy ? (
            <>
              {' '}
              by <bdi>{clip(plainProse(listing.submittedBy.fullname ?? listing.submittedBy.name), 80)}</bdi>
            </>
          ) : null}
        </span>
      ))}
    </Fact>
  );
}
