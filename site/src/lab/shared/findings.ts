// The numbers that a rule looked at, as people read them, and which of them tells a verdict best.
import type { Verdict } from '@offprint/lab/browser';
import { digitsText, isFar, unitText } from './numbers.ts';

/** One number that a rule looked at, as it was stored or as it was just decided. */
export interface ShownFinding {
  readonly name: string;
  readonly estimate: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly unit?: string | undefined;
  readonly criterion?: string | undefined;
  readonly holds?: boolean | undefined;
}

/** A number that a rule looked at, with as many decimals as its interval. */
export function estimateText(finding: ShownFinding): string {
  const { estimate, unit } = finding;
  return Number.isNaN(estimate)
    ? digitsText(estimate)
    : `${digitsText(estimate, decimalsOf(finding))}${unitText(unit)}`;
}

/** `[0.10, 0.34] %`; undefined where the number is exact. */
export function intervalText(finding: ShownFinding): string | undefined {
  const { low, high, unit } = finding;
  if (low === undefined || high === undefined) return undefined;
  const decimals = decimalsOf(finding);
  return `[${digitsText(low, decimals)}, ${digitsText(high, decimals)}]${unitText(unit)}`;
}

/**
 * Decimals that show three digits of the largest number, two of the interval's width, and no end as 0 that is not:
 * whether an interval holds 0 is what most rules ask.
 */
function decimalsOf({ estimate, low, high }: ShownFinding): number | undefined {
  if (low === undefined || high === undefined) return undefined;
  const ends = [low, high].filter((end) => end !== 0).map(Math.abs);
  const size = Math.max(Math.abs(estimate), ...ends);
  if (!Number.isFinite(size) || isFar(size)) return undefined;
  if (size === 0) return 0;
  const width = high - low;
  const wanted = Math.max(
    2 - Math.floor(Math.log10(size)),
    width > 0 ? 1 - Math.floor(Math.log10(width)) : 0,
    ...ends.map((end) => (end < 1e-8 ? 0 : -Math.floor(Math.log10(2 * end)))),
  );
  return Math.min(8, Math.max(0, wanted));
}

/** What a verdict stands on. */
export interface ShownDecision {
  readonly verdict: Verdict;
  readonly findings: readonly ShownFinding[];
}

/**
 * The number to show large: of those that the rule asks something of and that have an interval, the first that holds
 * under a confirmed claim, the clearest of those that fail under a refuted one, the first that fails otherwise.
 */
export function mainFinding({ verdict, findings }: ShownDecision): ShownFinding | undefined {
  const asked = findings.filter(
    ({ holds, low, high }) => holds !== undefined && low !== undefined && low !== high,
  );
  const telling = asked.filter(({ holds }) => holds === (verdict === 'confirmed'));
  if (verdict === 'refuted') return telling.toSorted((a, b) => clarity(b) - clarity(a))[0] ?? asked[0];
  return telling[0] ?? asked[0];
}

/** How far from 0 a number is, in widths of its interval. */
function clarity({ estimate, low = Number.NaN, high = Number.NaN }: ShownFinding): number {
  const widths = Math.abs(estimate) / (high - low);
  return Number.isFinite(widths) ? widths : 0;
}
