// What a paper claims and by which rule a run decides about it: written before the run, in words and in code.
import type { Results } from './results.ts';

export const verdicts = ['confirmed', 'refuted', 'undecided'] as const;
export type Verdict = (typeof verdicts)[number];

/** The paper that an experiment tries. */
export interface TriedPaper {
  /** Its number in the starter catalogue. */
  readonly number: number;
  /** Its arXiv id without version. */
  readonly id: string;
  /** A name of a few words for lists and headings, such as "Z-loss". */
  readonly name: string;
}

export interface Claim {
  readonly paper: TriedPaper;
  /** The claim in one sentence, in our own words, as it can be tried at this scale. */
  readonly statement: string;
  /** When it counts as confirmed, when as refuted; otherwise it is undecided at this scale. In words, for people. */
  readonly rule: { readonly confirmed: string; readonly refuted: string };
  /** What is different from the paper's setting, and what the verdict therefore does not say. */
  readonly scale: string;
  /** The rule in code. Pure; works for any size of results, and says `undecided` where something is missing. */
  decide(results: Results): Decision;
}

/** One number that the rule looked at. */
export interface Finding {
  /** What was measured, such as "gap of replay, boundary minimum − minimum". */
  readonly name: string;
  readonly estimate: number;
  /** The 95 % interval; left out where the number is exact. */
  readonly low?: number;
  readonly high?: number;
  /** `%`, `nats`, `ms`; left out for a plain number. */
  readonly unit?: string;
  /** What the rule asks of it, such as "interval above 0.10"; left out for a number that only informs. */
  readonly criterion?: string;
  /** Whether it does. */
  readonly holds?: boolean;
}

export interface Decision {
  readonly verdict: Verdict;
  /** What was found, in one sentence with its number and interval. */
  readonly sentence: string;
  readonly findings: readonly Finding[];
}
