/** The end of a season in words: the crown, the wooden spoon, and an arc for each trader. */
import type { Post } from '#show/ports/outbox.ts';
import type { Arc } from '#show/ports/story-views.ts';
import type { Wording } from '../wording.ts';

/** `arcs` richest first. */
export function seasonWords(arcs: readonly Arc[], wording: Wording): string[] {
  const { texts, format } = wording;
  const { story } = texts;
  const [first, last] = [arcs[0], arcs.at(-1)];
  if (!first || !last || first === last) return [];
  return [
    [
      story.crown(wording.name(first.trader), format.money(first.endCents)),
      story.spoon(wording.name(last.trader), format.money(last.endCents)),
    ].join('\n'),
    arcs.map((arc) => arcText(arc, wording)).join('\n'),
  ];
}

export function arcText({ trader, kind, endCents, peak, low, wins, falls }: Arc, wording: Wording): string {
  const { texts, format } = wording;
  return texts.story.arcs[kind]({
    name: wording.name(trader),
    end: format.money(endCents),
    peak: format.money(peak.cents),
    peakEpisode: String(peak.episode),
    low: format.money(low.cents),
    lowEpisode: String(low.episode),
    fell: String(falls.at(-1) ?? 0),
    wins: texts.story.wins(wins),
  });
}

/** The seal of a season that begins, and what opens the seal of the one before. */
export function sealWords(
  { season, seal, opened }: Extract<Post, { kind: 'seal' }>,
  { texts }: Wording,
): string {
  const before = opened && [
    texts.seal.opened(opened.season, opened.seed, opened.salt, opened.seal),
    opened.archived ? texts.seal.archived : texts.seal.notArchived,
  ];
  return [...(before ? [before.join(' ')] : []), texts.seal.sealed(season, seal)].join('\n');
}
