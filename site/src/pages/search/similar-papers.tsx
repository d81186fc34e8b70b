// On the page of a paper: the papers nearest to it, and the way to more.
import type { PaperCard } from '@offprint/catalogue';
import { clip } from '../../maths/clean-text.ts';
import { similarHref } from '../../search/search-address.ts';
import { paperPath } from '../format.ts';
import { Line } from '../text.tsx';

export interface SimilarPapersProps {
  readonly paper: PaperCard;
  readonly similar: readonly PaperCard[];
}

export function SimilarPapers({ paper, similar }: SimilarPapersProps) {
  if (similar.length === 0) return null;
  return (
    <section class="similar" aria-labelledby="similar">
      <h2 id="similar">Similar papers</h2>
      <ul>
        {similar.map((other) => (
          <li>
            <a href={paperPath(other.id)}>
              <Line text={clip(other.title, 200)} />
            </a>{' '}
            <small>
              {[other.publishedAt?.slice(0, 4), other.primaryCategory ?? other.categories[0]]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
      <p class="ways">
        <a href={similarHref({ like: [paper.id], sort: 'relevance', page: 1 })}>More like this</a>
      </p>
    </section>
  );
}
