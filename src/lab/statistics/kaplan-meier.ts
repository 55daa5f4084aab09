/** Survival of what may be cut off before it happens. E. L. Kaplan and P. Meier, JASA 53 (1958), for whole rounds. */

export interface Wait {
  /** Rounds until it happened, or rounds that were watched without it. */
  rounds: number;
  happened: boolean;
  weight: number;
}

/** The share that still waits after round t, for t = 0 … `upTo` - 1. From 1 down to 0. */
export function survival(waits: readonly Wait[], upTo: number): number[] {
  const events = Array.from({ length: upTo }, () => 0);
  const leaving = Array.from({ length: upTo + 1 }, () => 0);
  let atRisk = 0;
  for (const { rounds, happened, weight } of waits) {
    // Whoever was watched for n rounds without it was at risk in rounds 0 to n - 1.
    if (!happened && rounds === 0) continue;
    atRisk += weight;
    const last = happened ? rounds : rounds - 1;
    if (happened && rounds < upTo) events[rounds] = (events[rounds] ?? 0) + weight;
    if (last < upTo) leaving[last + 1] = (leaving[last + 1] ?? 0) + weight;
  }
  let share = 1;
  return events.map((event, round) => {
    atRisk -= leaving[round] ?? 0;
    if (atRisk > 0) share *= 1 - event / atRisk;
    return share;
  });
}

/** Mean wait in rounds, cut at `upTo` (restricted mean survival time: Royston and Parmar, BMC Med. Res. Meth. 13, 2013). */
export function restrictedMean(waits: readonly Wait[], upTo: number): number | null {
  if (!waits.some(({ rounds, happened, weight }) => weight > 0 && (happened || rounds > 0))) return null;
  return survival(waits, upTo).reduce((sum, share) => sum + share, 0);
}
