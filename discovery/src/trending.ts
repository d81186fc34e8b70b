// What "trending" means here: attention that fades by half-lives, in a formula anyone can check by hand.
import type { DecayedAttention } from '@offprint/catalogue';

/**
 * The constants in use unless an operator says otherwise. A comment takes more effort than a vote and counts
 * for two; after two days a paper needs about twice the attention to keep its place.
 */
export const standardAttention: DecayedAttention = { commentWeight: 2, halfLifeDays: 2 };

/** How many days back from the newest feed day trending looks; beyond, a paper would need thousands of votes to be seen. */
export const trendingDays = 45;

/** What a paper is judged by: its counts, and the feed day under which it stands. */
export interface Attended {
  readonly upvotes: number;
  readonly comments: number;
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** Every number of the formula for one paper. */
export interface TrendingReasons {
  /** `1 + upvotes + commentWeight * comments`. */
  readonly attention: number;
  /** `log2(attention)`: one more for every doubling. */
  readonly interest: number;
  /** Whole feed days from the paper's day to the day of asking; negative for a later paper. */
  readonly ageDays: number;
  /** `ageDays / halfLifeDays`: one more for every half-life. */
  readonly fading: number;
  /** `interest - fading`. */
  readonly score: number;
}

/**
 * `log2(1 + upvotes + commentWeight * comments) - ageDays / halfLifeDays`.
 *
 * The age enters as a plain difference, so two papers keep their order however late one asks: the order can
 * be computed once a vote, not once a visit. (Reddit's "hot" order is built on the same idea, with the roles of
 * constant and logarithm exchanged.)
 *
 * @param today the feed day of asking, `YYYY-MM-DD`.
 */
export function trendingScore(paper: Attended, today: string, constants = standardAttention): number {
  return explainTrending(paper, today, constants).score;
}

/** The score with everything that went into it, for "why does this stand here". */
export function explainTrending(
  paper: Attended,
  today: string,
  constants: DecayedAttention = standardAttention,
): TrendingReasons {
  const attention = 1 + paper.upvotes + constants.commentWeight * paper.comments;
  const ageDays = Temporal.PlainDate.from(paper.day).until(today, { largestUnit: 'days' }).days;
  const interest = Math.log2(attention);
  const fading = ageDays / constants.halfLifeDays;
  return { attention, interest, ageDays, fading, score: interest - fading };
}
