/** An episode told again: who gained, what was asked and answered, the moments with where to read them, the audience's hand. */
import { isIdle, type Recap } from '#show/ports/hand-views.ts';
import type { LinkOf } from '../../posts/message-links.ts';
import { container, layout, LAYOUT_TEXT_MAX, rule, text } from '../layout.ts';
import type { MessageBody } from '../message.ts';
import { handLines, type HandLinks } from '../posts/hand.ts';
import { highlightsText, looksBackText } from '../posts/highlights.ts';
import type { Wording } from '../wording.ts';

const GOLD = 0xd4a017;
/** Of a layout's text, for each of its three parts. */
const PART_MAX = Math.floor(LAYOUT_TEXT_MAX / 3) - 100;

export function recapAnswer(recap: Recap | null, linkOf: LinkOf, wording: Wording): MessageBody {
  const { texts, format } = wording;
  if (!recap) return { content: texts.recap.none };
  const { closed, moments, next, hand, looksBack = {} } = recap;
  const gains = closed.standings.flatMap(({ trader, episodeGainCents, equityCents }, index) => [
    texts.recap.row(
      index + 1,
      `${wording.persona(trader)?.emoji ?? ''} ${wording.name(trader)}`.trim(),
      format.gain(episodeGainCents),
      format.money(equityCents),
    ),
    ...[looksBackText(trader, looksBack, wording)].filter((line) => line !== ''),
  ]);
  const story = highlightsText({ event: closed, moments, next }, linkOf, wording);
  const lines = isIdle(hand) ? [] : handLines(hand, wording, handLinks(linkOf));
  const parts = [gains.join('\n'), story, lines.join('\n')].filter((part) => part !== '');
  return layout(
    container(
      GOLD,
      text(`### ${texts.recap.title(closed.season, closed.episode)}`),
      ...parts.flatMap((part, nth) => [...(nth > 0 ? [rule()] : []), text(cut(part))]),
    ),
  );
}

function handLinks(linkOf: LinkOf): HandLinks {
  return {
    tip: ({ trader, round, followed }) =>
      followed === true ? linkOf({ trader, round, shown: { place: 'tape', kinds: ['deal'] } }) : null,
    leak: ({ trader, told }) =>
      told
        ? linkOf({ trader, round: told.round, shown: { place: told.room, kinds: ['thoughtLeaked'] } })
        : null,
    // All votes of an intermission stand in one message, which is about no trader.
    vote: ({ countedRound: round }) =>
      typeof round === 'number'
        ? linkOf({ trader: '', round, shown: { place: 'betting', kinds: ['voteCounted'] } })
        : null,
  };
}

/** Whole lines, as many as there is room for. */
function cut(part: string): string {
  if (part.length <= PART_MAX) return part;
  const end = part.lastIndexOf('\n', PART_MAX);
  return part.slice(0, end > 0 ? end : PART_MAX);
}
