// Whether those at higher risk meet the event sooner, when for some it is only known that they did not meet it yet.

export interface Concordance {
  /** C in [0, 1]; ½ is chance. */
  readonly c: number;
  /** Pairs whose order is known: what C is a share of. */
  readonly comparable: number;
}

/**
 * Harrell's C: the share of comparable pairs in which the one with the earlier event has the higher risk, equal risks
 * counting one half. A pair is comparable when the earlier time is an event's; at equal times, when one is an event and
 * the other censored (who then lived longer); two events at one time are not. Takes n² time.
 * @param times until the event or the end of observation, finite, ≥ 0, [n]
 * @param events 1 when the event was met, 0 when observation ended first, [n]
 * @param risks higher for sooner, [n]
 * @throws RangeError for different lengths, values out of range, or no comparable pair
 * @see Harrell et al. 1982, JAMA 247; ties as in R's survival::concordance
 */
export function harrellC(
  times: ArrayLike<number>,
  events: ArrayLike<number>,
  risks: ArrayLike<number>,
): Concordance {
  const n = times.length;
  if (events.length !== n || risks.length !== n) throw new RangeError('Times, events and risks go together.');
  for (let i = 0; i < n; i++) {
    if (!(Number.isFinite(times[i]) && (times[i] ?? -1) >= 0)) {
      throw new RangeError('A time is a finite number from 0 up.');
    }
    if (events[i] !== 0 && events[i] !== 1) throw new RangeError('An event is 0 or 1.');
    if (!Number.isFinite(risks[i])) throw new RangeError('A risk is not a finite number.');
  }
  let comparable = 0;
  let concordant = 0;
  for (let i = 0; i < n; i++) {
    if (events[i] !== 1) continue;
    const time = times[i] ?? 0;
    const risk = risks[i] ?? 0;
    for (let j = 0; j < n; j++) {
      const other = times[j] ?? 0;
      if (other < time || (other === time && events[j] === 1)) continue;
      comparable++;
      const otherRisk = risks[j] ?? 0;
      concordant += risk > otherRisk ? 1 : risk === otherRisk ? 0.5 : 0;
    }
  }
  if (comparable === 0) throw new RangeError('No pair has a known order.');
  return { c: concordant / comparable, comparable };
}
