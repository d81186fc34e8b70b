// The stored result of finished units: in the plan's order, whatever order they finished in.
import type { Claim } from '../experiment/claim.ts';
import type { PlanSummary } from '../experiment/experiment.ts';
import type { Size } from '../experiment/size.ts';
import { resultsOf, type StoredResult } from '../report/stored-result.ts';
import type { UnitRecord } from './unit-record.ts';

export interface AssembleOptions {
  readonly id: string;
  readonly claim: Claim;
  readonly size: Size;
  readonly plan: PlanSummary;
  readonly code: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: StoredResult['machine'];
  /** At least one. */
  readonly records: readonly UnitRecord[];
}

/** Sorts by arm in the plan's order, then by seed; decides by the claim's rule. */
export function assembleResult(options: AssembleOptions): StoredResult {
  const { id, claim, size, plan, code, versions, machine } = options;
  const place = new Map(plan.arms.map((arm, i) => [arm, i]));
  const records = [...options.records].sort(
    (a, b) => (place.get(a.arm) ?? 0) - (place.get(b.arm) ?? 0) || a.seed - b.seed,
  );
  const sessions = new Map<string, number>();
  for (const { session, sessionSeconds } of records)
    sessions.set(session, Math.max(sessions.get(session) ?? 0, sessionSeconds));
  const body = {
    format: 1 as const,
    id,
    size,
    code,
    versions: { ...versions },
    machine,
    startedAt: [...sessions.keys()].sort()[0] ?? '',
    finishedAt:
      records
        .map(({ finishedAt }) => finishedAt)
        .sort()
        .at(-1) ?? '',
    wallSeconds: hundredths([...sessions.values()].reduce((sum, seconds) => sum + seconds, 0)),
    cpuSeconds: hundredths(records.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)),
    runs: records.map(({ arm, seed, metrics, wallSeconds, cpuSeconds }) => ({
      arm,
      seed,
      metrics,
      wallSeconds: hundredths(wallSeconds),
      cpuSeconds: hundredths(cpuSeconds),
    })),
    series: records.flatMap(({ arm, seed, series }) =>
      series.map(({ name, x, y }) => ({ arm, seed, name, x: [...x], y: [...y] })),
    ),
  };
  const { verdict, sentence, findings } = claim.decide(resultsOf({ ...body, decision: noDecision }));
  return { ...body, decision: { verdict, sentence, findings: findings.map((finding) => ({ ...finding })) } };
}

const noDecision: StoredResult['decision'] = { verdict: 'undecided', sentence: '', findings: [] };

function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
