// Why a paper stands where it stands on the trending page: its numbers in one sentence.
import type { PaperCard } from '@offprint/catalogue';
import type { TrendingReasons } from '@offprint/discovery';
import { plainProse } from '../maths/prose.ts';
import { compactCount, counted, longDate } from './format.ts';

export function TrendingWhy(props: {
  readonly why: TrendingReasons;
  readonly day: string;
  readonly paper: PaperCard;
}) {
  const { why, paper } = props;
  return (
    <details class="why">
      <summary>
        Why here<span class="unseen">: {plainProse(paper.title, 120)}</span>
      </summary>
      <p>
        {counted(paper.upvotes, 'vote')} and {counted(paper.commentCount, 'comment')} make an attention of{' '}
        {compactCount(why.attention)}, whose base-2 logarithm is {why.interest.toFixed(2)}. Listed on{' '}
        {longDate(props.day)}, {counted(Math.abs(why.ageDays), 'day')} {why.ageDays < 0 ? 'after' : 'before'}{' '}
        the day shown, it loses {why.fading.toFixed(2)}. Score: <strong>{why.score.toFixed(2)}</strong>.{' '}
        <a href="/about/trending">The formula</a>
      </p>
    </details>
  );
}
