// How far a run has come and how long it will still take, from what its units took so far.
import { type Unit, unitKey } from './unit.ts';

export interface Estimate {
  /** The share of all units' work that is done, 0 to 1. */
  readonly share: number;
  /** Seconds until the end at the pace so far. */
  readonly secondsLeft: number;
}

export interface Estimator {
  started(unit: Unit, atSeconds: number): void;
  progressed(unit: Unit, share: number): void;
  /** @param seconds that the unit took */
  finished(unit: Unit, seconds: number): void;
  failed(unit: Unit): void;
  at(nowSeconds: number): Estimate;
}

interface Running {
  readonly since: number;
  share: number;
}

/**
 * @param units all units of the run
 * @param parallel how many run at once
 * @param secondsPerRun what one is believed to take before any has finished
 */
export function createEstimator(units: readonly Unit[], parallel: number, secondsPerRun: number): Estimator {
  const waiting = new Map(units.map((unit) => [unitKey(unit), unit]));
  const running = new Map<string, Running & { readonly arm: string }>();
  const took = new Map<string, number[]>();
  let ended = 0;

  const meanOf = (seconds: readonly number[]): number =>
    seconds.reduce((sum, s) => sum + s, 0) / seconds.length;
  /** What a unit of an arm takes: the mean of that arm's, else of all, else the plan's guess. */
  const expected = (arm: string): number => {
    const own = took.get(arm);
    if (own !== undefined) return meanOf(own);
    const all = [...took.values()].flat();
    return all.length > 0 ? meanOf(all) : secondsPerRun;
  };
  const end = (unit: Unit): void => {
    running.delete(unitKey(unit));
    waiting.delete(unitKey(unit));
    ended += 1;
  };
  return {
    started(unit, atSeconds) {
      waiting.delete(unitKey(unit));
      running.set(unitKey(unit), { arm: unit.arm, since: atSeconds, share: 0 });
    },
    progressed(unit, share) {
      const entry = running.get(unitKey(unit));
      if (entry !== undefined && Number.isFinite(share))
        entry.share = Math.min(1, Math.max(entry.share, share));
    },
    finished(unit, seconds) {
      end(unit);
      took.set(unit.arm, [...(took.get(unit.arm) ?? []), seconds]);
    },
    failed: end,
    at(now) {
      let secondsOfWork = 0;
      let done = ended;
      let longest = 0;
      for (const { arm, since, share } of running.values()) {
        const elapsed = now - since;
        // A unit that has told enough of its progress is believed more than its predecessors.
        const isTelling = share > 0.05 || (share > 0 && elapsed > expected(arm));
        const total = isTelling ? elapsed / share : Math.max(expected(arm), 1.25 * elapsed);
        const left = Math.max(0, total - elapsed);
        secondsOfWork += left;
        longest = Math.max(longest, left);
        done += share;
      }
      for (const { arm } of waiting.values()) secondsOfWork += expected(arm);
      return {
        share: units.length === 0 ? 1 : done / units.length,
        secondsLeft: Math.max(longest, secondsOfWork / parallel),
      };
    },
  };
}
