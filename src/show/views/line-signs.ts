/** What can be told of a line by its words alone. English, as the traders speak. */
import type { Instrument } from '#core/vocabulary.ts';

const SCORN =
  /\b(?:lose|loses|losing|loser|loss|losses|lost|broke|bankrupt|wrong|poor|pity|cry|crying|tissues?|flowers|funeral|grave|obituary|intern|noise|hopeless|adorable|brave|cute|insult(?:ed|s)?|panic|fools?|clown|joke|amateur|worst|landlord|sink|sinking|ruin|doom|liquidated|exit|margin|boring|screaming|babysitter|upside down)\b/giu;
const PRAISE =
  /\b(?:buy|buying|bought|love|loving|moon|trust|gift|win|wins|winning|rally|yes|like|good|great|believe|best|destiny|rise|rises|rising|rocket|up|hug|finally|discount|cheap|strong|safe)\b/iu;
const DOUBT =
  /\b(?:not|no|never|sell|selling|sold|fall|falls|falling|dump|trap|doubt|down|short|against|bubble|wrong|avoid|bad|hate|crash)\b/iu;

/** How sharp a line is, from 0: words of scorn, each counted once, two at most. */
export function scorn(text: string): number {
  return Math.min(2, new Set(Array.from(text.matchAll(SCORN), ([word]) => word.toLowerCase())).size);
}

/** The instrument that a line speaks well of; null when it names none or several, or speaks ill of it as well. */
export function praised(text: string, instruments: readonly Instrument[]): Instrument | null {
  const [instrument, other] = instruments.filter((it) => new RegExp(`\\b${it}\\b`, 'iu').test(text));
  if (instrument === undefined || other !== undefined) return null;
  return PRAISE.test(text) && !DOUBT.test(text) ? instrument : null;
}
