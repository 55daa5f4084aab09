/**
 * The tape: news, prices, deals, compliance, margin, bells, obituaries. The floor reads it too, so it never names the
 * regime, and a rumour looks like any other headline.
 */
import type { EventOf, ShowEvent } from '#core/events.ts';
import type { Fill } from '#core/trading/books.ts';
import type { Standings } from '#core/trading/standings.ts';
import { INSTRUMENTS, type FillReason, type Instrument } from '#core/vocabulary.ts';
import type { Post } from '#show/ports/outbox.ts';
import { arrow, colorNumber } from '../format.ts';
import { line, NOTHING, type Shown } from './shown.ts';
import { questionText } from './story.ts';
import { LINE_MAX, type Wording } from '../wording.ts';

const RED = 0xc0392b;
const GOLD = 0xd4a017;
const SLATE = 0x3b4252;

export function tapePost(post: Extract<Post, { kind: 'event' | 'deal' }>, wording: Wording): Shown {
  return post.kind === 'deal' ? deal(post, wording) : tapeEvent(post.event, wording);
}

function tapeEvent(event: ShowEvent, wording: Wording): Shown {
  const { texts, format } = wording;
  switch (event.type) {
    case 'headlineBroke':
      return line(texts.tape.headline(wording.shown(wording.headline(event.headline.text), LINE_MAX)));
    case 'chaosStruck':
      return chaos(event, wording);
    case 'roundOpened':
      return event.phase !== 'intermission' ? line(texts.tape.prices(priceLine(event, wording))) : NOTHING;
    case 'filled':
      return line(texts.tape.forced(wording.name(event.trader), describeFills([event], wording)));
    case 'refused': {
      // In an intermission a shut market refuses everybody: that is not news.
      if (event.code === 'market_shut') return NOTHING;
      return line(texts.tape.compliance(wording.name(event.trader), texts.tape.refusals[event.code]));
    }
    case 'marginCalled': {
      const [name, equity] = [wording.name(event.trader), format.money(event.equityCents)];
      if (event.liquidated) return line(texts.tape.liquidated(name, equity));
      return line(texts.tape.marginCall(name, equity, format.money(event.exposureCents)));
    }
    case 'bankrupted':
      return obituary(event, wording);
    case 'bailedOut':
      return line(texts.tape.bailedOut(wording.name(event.trader), format.money(event.loanCents)));
    case 'seasonOpened':
      return line(texts.tape.seasonOpened(event.season));
    case 'seasonClosed':
      return bell(texts.tape.seasonClosedTitle(event.season), fortunes(event.standings, wording), GOLD);
    case 'premiereOpened':
      return bell(
        texts.tape.premiereTitle,
        texts.tape.premiere(wording.content.cast.length, event.rounds),
        GOLD,
      );
    case 'episodeOpened':
      return bell(
        texts.tape.episodeOpenedTitle(event.episode),
        texts.tape.episodeOpened(event.rounds),
        SLATE,
      );
    case 'episodeClosed':
      return bell(texts.tape.episodeClosedTitle(event.episode), gains(event.standings, wording), SLATE);
    case 'intermissionOpened':
      return event.cliffhanger ? line(texts.story.next(questionText(event.cliffhanger, wording))) : NOTHING;
    // Traders must guess the regime; members see it in the picture and in /market. The rest is not for the tape.
    case 'regimeChanged':
    case 'beat':
    case 'firstCall':
    case 'sceneOpened':
    case 'charged':
    case 'turnTaken':
    case 'spoke':
    case 'walked':
    case 'thoughtLeaked':
    case 'rumourPlanted':
    case 'tipHeard':
    case 'roundClosed':
      return NOTHING;
    default:
      return event satisfies never;
  }
}

function deal(post: Extract<Post, { kind: 'deal' }>, wording: Wording): Shown {
  const { texts } = wording;
  if (post.fills.length === 0 || post.trade === 'Hold') return NOTHING;
  const size = texts.tape.sizes[post.size];
  return line(
    texts.tape.deal(
      wording.name(post.trader),
      size,
      texts.instruments[post.trade],
      describeFills(post.fills, wording),
    ),
  );
}

type Way = 'bought' | 'covered' | 'sold';

/** These only ever make a position smaller. */
const SHRINKS: ReadonlySet<FillReason> = new Set(['rotation', 'margin', 'liquidation']);

function wayOf({ qty, reason }: Fill): Way {
  if (qty < 0) return 'sold';
  return SHRINKS.has(reason) ? 'covered' : 'bought';
}

/** Fills of one instrument that go one way are one phrase, at their average price. */
function describeFills(fills: readonly Fill[], { texts, format }: Wording): string {
  const phrases = new Map<string, { instrument: Instrument; way: Way; qty: number; priceQty: number }>();
  for (const fill of fills) {
    const { instrument, qty, priceCents } = fill;
    if (qty === 0) continue;
    const way = wayOf(fill);
    const key = `${instrument} ${way}`;
    const phrase = phrases.get(key) ?? { instrument, way, qty: 0, priceQty: 0 };
    phrase.qty += Math.abs(qty);
    phrase.priceQty += Math.abs(qty) * priceCents;
    phrases.set(key, phrase);
  }
  return [...phrases.values()]
    .map(({ instrument, way, qty, priceQty }) =>
      texts.tape[way](format.quantity(qty), texts.instruments[instrument], format.money(priceQty / qty)),
    )
    .join(texts.tape.and);
}

function priceLine(event: EventOf<'roundOpened'>, { texts, format }: Wording): string {
  return INSTRUMENTS.map((instrument) => {
    const [now, before] = [event.priceCents[instrument], event.lastPriceCents[instrument]];
    const bps = before === 0 ? 0 : Math.round(((now - before) * 10_000) / before);
    return texts.tape.price(texts.instruments[instrument], format.money(now), format.change(bps), arrow(bps));
  }).join(' · ');
}

function chaos(event: EventOf<'chaosStruck'>, wording: Wording): Shown {
  const { texts, format } = wording;
  const prices = INSTRUMENTS.map(
    (instrument) => `${texts.instruments[instrument]} ${format.money(event.priceCents[instrument])}`,
  ).join(' · ');
  const description = `**${wording.shown(wording.headline(event.headline.text), LINE_MAX)}**\n-# ${prices}`;
  return { as: 'message', body: { embeds: [{ title: texts.tape.chaosTitle, description, color: RED }] } };
}

function obituary(event: EventOf<'bankrupted'>, wording: Wording): Shown {
  const { texts, format } = wording;
  const persona = wording.persona(event.trader);
  return {
    as: 'message',
    body: {
      embeds: [
        {
          title: texts.tape.obituaryTitle(wording.name(event.trader)),
          description: `*${wording.shown(event.obituary, LINE_MAX)}*`,
          footer: { text: texts.tape.obituaryFooter(format.money(event.equityCents)) },
          color: persona ? colorNumber(persona.color) : SLATE,
        },
      ],
    },
  };
}

function bell(title: string, description: string, color: number): Shown {
  return { as: 'message', body: { embeds: [{ title, description, color }] } };
}

/** An episode's close is ranked by gain, so the gain comes first. */
function gains(standings: readonly Standings[], { texts, format, ...wording }: Wording): string {
  return standings
    .map(({ trader, equityCents, episodeGainCents }, index) => {
      const emoji = wording.persona(trader)?.emoji ?? '';
      const [gain, equity] = [format.gain(episodeGainCents), format.money(equityCents)];
      return texts.tape.gain(index + 1, emoji, wording.name(trader), gain, equity);
    })
    .join('\n');
}

/** A season's close is ranked by what everybody has at the end. */
function fortunes(standings: readonly Standings[], { texts, format, ...wording }: Wording): string {
  return standings
    .map(({ trader, equityCents }, index) => {
      const emoji = wording.persona(trader)?.emoji ?? '';
      return texts.tape.fortune(index + 1, emoji, wording.name(trader), format.money(equityCents));
    })
    .join('\n');
}
