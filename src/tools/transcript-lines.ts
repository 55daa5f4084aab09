/** A show as a script to read: the prices and the news of every round, and what each trader said, thought and did where. */
import type { Content } from '#core/content.ts';
import type { EventOf, ShowEvent } from '#core/events.ts';
import { BPS, INSTRUMENTS } from '#core/vocabulary.ts';

const NAME_WIDTH = 6;

/** What there is to say of an event; nothing for those that another one tells. */
export function transcriptLines(event: ShowEvent, content: Content): string[] {
  const nameOf = (trader: string) => content.cast.find(({ id }) => id === trader)?.name ?? trader;
  switch (event.type) {
    case 'episodeOpened':
      return ['', `OPENING BELL of episode ${event.episode}`];
    case 'intermissionOpened':
      return ['', `INTERMISSION before episode ${event.episode}`];
    case 'roundOpened':
      return ['', `Round ${event.round}${event.phase !== 'intermission' ? ` · ${prices(event)}` : ''}`];
    case 'headlineBroke':
      return [`  NEWS ${event.headline.text}`];
    case 'chaosStruck':
      return [`  CHAOS ${event.headline.text}`];
    case 'turnTaken':
      return turn(event, nameOf(event.trader), content);
    case 'marginCalled':
      return [`  MARGIN CALL for ${nameOf(event.trader)}${event.liquidated ? ': liquidated' : ''}`];
    case 'bankrupted':
      return [`  OBITUARY ${event.obituary}`];
    case 'bailedOut':
      return [`  BAILED OUT ${nameOf(event.trader)}`];
    case 'thoughtLeaked':
      return [`  LEAKED ${nameOf(event.trader)}'s thought: ${event.text}`];
    case 'tipHeard':
      return [`  PHONE ${nameOf(event.trader)} hears a tip`];
    case 'rumourPlanted':
      return [`  RUMOUR in the ${event.room}: ${event.text}`];
    case 'episodeClosed':
      return [
        '',
        `CLOSING BELL of episode ${event.episode}`,
        ...event.standings.map(({ trader, equityCents, episodeGainCents }) => {
          const gain = `${episodeGainCents < 0 ? '-' : '+'}$${(Math.abs(episodeGainCents) / 100).toFixed(2)}`;
          return `  ${nameOf(trader).padEnd(NAME_WIDTH)} $${(equityCents / 100).toFixed(2)} (${gain})`;
        }),
      ];
    default:
      return [];
  }
}

function prices({ priceCents, lastPriceCents }: EventOf<'roundOpened'>): string {
  return INSTRUMENTS.map((instrument) => {
    const move = (priceCents[instrument] / lastPriceCents[instrument] - 1) * (BPS / 100);
    return `${instrument} ${(priceCents[instrument] / 100).toFixed(2)} (${move < 0 ? '' : '+'}${move.toFixed(1)}%)`;
  }).join(' · ');
}

function turn({ decision, room, fumble }: EventOf<'turnTaken'>, name: string, content: Content): string[] {
  const where = content.office.rooms.find(({ id }) => id === room)?.name ?? room;
  const { thought, trade, size, speech, location } = decision;
  const does = [
    ...(fumble === null ? [] : [`fumbles (${fumble})`]),
    trade === 'Hold' ? 'holds' : `${trade} ${size}`,
    ...(location === where ? [] : [`walks to ${location}`]),
  ];
  return [
    `  ${name.padEnd(NAME_WIDTH)} in ${where}: ${speech === '' ? '...' : `"${speech}"`}`,
    `  ${' '.repeat(NAME_WIDTH)} (${thought}) ${does.join(', ')}`,
  ];
}
