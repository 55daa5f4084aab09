/** Makes a failing seed small: of all the faults that struck, those without which the same check does not fail. */
import type { Played } from './play.ts';

/** Tries at the most; each plays the seed again. */
const TRIES = 60;

/** `play` plays the seed with only these faults. Delta debugging: halves, then quarters, then single ones are left out. */
export async function shrink(
  found: Played,
  play: (only: readonly string[]) => Promise<Played>,
): Promise<Played> {
  let best = found;
  const tried: number[] = [];
  const fails = async (only: readonly string[]): Promise<boolean> => {
    tried.push(only.length);
    const played = await play(only);
    if (played.violation?.check !== found.violation?.check) return false;
    best = played;
    return true;
  };
  for (let parts = 2; tried.length < TRIES && best.struck.length > 0;) {
    const { struck } = best;
    const size = Math.max(1, Math.ceil(struck.length / parts));
    let smaller = false;
    for (let from = 0; from < struck.length && tried.length < TRIES && !smaller; from += size)
      smaller = await fails([...struck.slice(0, from), ...struck.slice(from + size)]);
    if (smaller) parts = Math.max(2, parts - 1);
    else if (size === 1) break;
    else parts = Math.min(struck.length, parts * 2);
  }
  return best;
}
