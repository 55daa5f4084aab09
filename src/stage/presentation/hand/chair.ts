/** A trader's chair: all that the trader was told, the menus, and what came of the choice. For one member's eyes. */
import type { Observation } from '#core/observation.ts';
import type { Choice } from '#core/trading/what-if.ts';
import { SIZES, TRADES, type Size, type Trade, type TraderId } from '#core/vocabulary.ts';
import type { Judged, Offer } from '#show/hand/chair.ts';
import type { ChairRank } from '#show/ports/hand.ts';
import type { ChairRefusal, Result } from '#show/results.ts';
import { button, menuRow, row } from '../buttons.ts';
import { colorNumber } from '../format.ts';
import { mention } from '../mention.ts';
import type { MessageBody } from '../message.ts';
import { LINE_MAX, type Wording } from '../wording.ts';

/** Refusals after which the same chair may be free: of the round that is on, or in a moment. */
const MAY_SIT: ReadonlySet<ChairRefusal> = new Set(['round_is_over', 'no_turn_yet']);

/** @param asked whose chair it was to be */
export function chairAnswer(
  offer: Result<Offer, ChairRefusal>,
  asked: TraderId,
  wording: Wording,
): MessageBody {
  const { texts } = wording;
  const { chair } = texts;
  if (!offer.ok) {
    const again = MAY_SIT.has(offer.code) ? [button('chair', asked, chair.thisRounds)] : [];
    return {
      content: chair.refusals[offer.code](),
      components: [row(...again, button('chair-last', '', chair.last))],
    };
  }
  const { trader, round, observation, seat, consent } = offer.value;
  const persona = wording.persona(trader);
  const chosen =
    seat.trade === null
      ? chair.unchosen
      : chair.chosen(choiceText({ trade: seat.trade, size: seat.size }, wording), seat.location);
  return {
    embeds: [
      {
        title: chair.title(persona?.emoji ?? '', wording.name(trader), round),
        description: [chair.intro, ...seenLines(observation, wording), chosen].join('\n\n'),
        ...(persona && { color: colorNumber(persona.color) }),
        ...(consent === null && { footer: { text: chair.consentAsk } }),
      },
    ],
    components: [...menus(offer.value, wording), row(...consentButtons(offer.value, wording))],
  };
}

function menus({ trader, round, observation, seat }: Offer, { texts: { chair, ...texts } }: Wording) {
  const turn = `${trader}/${round}`;
  const trades = TRADES.map((trade) => ({
    label: trade === 'Hold' ? chair.hold : chair.into(texts.instruments[trade]),
    value: trade,
    default: seat.trade === trade,
  }));
  const sizes = SIZES.map((size) => ({
    label: chair.sizes[size],
    value: size,
    default: seat.trade !== null && seat.size === size,
  }));
  const rooms = observation.rooms.map(({ name }) => ({
    label: name,
    value: name,
    default: seat.trade !== null && seat.location === name,
  }));
  return [
    menuRow('chair-trade', turn, chair.trade, trades),
    menuRow('chair-size', turn, chair.size, sizes),
    menuRow('chair-room', turn, chair.room, rooms),
  ];
}

function consentButtons({ consent }: Offer, { texts: { chair } }: Wording) {
  return [
    ...(consent === null
      ? [button('chair-keep', 'yes', chair.yes), button('chair-keep', 'no', chair.no)]
      : []),
    button('chair-last', '', chair.last),
  ];
}

/** Everything in the observation, in the reader's words. */
function seenLines(seen: Observation, wording: Wording): string[] {
  const { texts, format } = wording;
  const { chair } = texts;
  const news = seen.headlines.map(({ text }) => chair.news(wording.shown(wording.headline(text), LINE_MAX)));
  const prices = seen.prices.map(({ instrument, priceCents, roundBps, episodeBps }) =>
    chair.price(
      texts.instruments[instrument],
      format.money(priceCents),
      format.change(roundBps),
      format.change(episodeBps),
    ),
  );
  const book = [
    chair.equity(
      format.money(seen.equityCents),
      format.change(seen.gainBps),
      format.change(seen.episodeGainBps),
    ),
    [
      chair.cash(format.money(seen.cashCents)),
      ...seen.positions.map(({ instrument, side, valueCents, gainBps }) =>
        chair[side](texts.instruments[instrument], format.money(valueCents), format.change(gainBps)),
      ),
    ].join(' · '),
    ...(seen.ownTurns.length === 0
      ? []
      : [
          chair.before(
            seen.ownTurns
              .map(({ roundsAgo, ...turn }) => chair.turn(roundsAgo, dealt(turn, wording)))
              .join(', '),
          ),
        ]),
  ];
  const facts = (seen.facts ?? []).map(({ kind, about, by, instrument, amount, roundsAgo }) => {
    const whose = (one: { name: string } | null): string => one?.name ?? chair.everybody;
    const details = [instrument && texts.instruments[instrument], amount, chair.ago(roundsAgo)];
    return `${chair.facts[kind](whose(about), whose(by))} (${details.filter(Boolean).join(', ')})`;
  });
  const feelings = seen.company.flatMap(({ name, feeling = 0 }) =>
    feeling === 0 ? [] : [feeling < 0 ? chair.grudge(name, -feeling) : chair.liking(name, feeling)],
  );
  const came = seen.company.filter(({ justWalkedIn }) => justWalkedIn).map(({ name }) => chair.came(name));
  const moved = [...came, ...seen.justLeft.map((name) => chair.left(name))];
  const here = seen.company.map(({ name }) => name).join(', ');
  const place = [
    here === '' ? chair.alone(seen.roomName) : chair.place(seen.roomName, here),
    ...seen.company.flatMap(({ name, said }) =>
      said === null ? [] : [chair.said(name, wording.shown(said, LINE_MAX))],
    ),
    ...(moved.length === 0 ? [] : [moved.join(' ')]),
    ...(feelings.length === 0 ? [] : [feelings.join(' ')]),
    ...(seen.phone ? [chair.phone(wording.shown(seen.phone.text, LINE_MAX))] : []),
    chair.roundsLeft(seen.roundsLeft),
  ];
  return [
    (news.length === 0 ? [chair.noNews] : news).join('\n'),
    prices.join('\n'),
    book.join('\n'),
    place.join('\n'),
    ...(seen.bend ? [`*${wording.shown(seen.bend.told, LINE_MAX)}*`] : []),
    ...(facts.length === 0 ? [] : [`${chair.remembered} ${facts.join('; ')}`]),
  ];
}

function dealt({ trade, size }: { trade: Trade; size: Size }, wording: Wording): string {
  return trade === 'Hold' ? wording.texts.chair.held : choiceText({ trade, size }, wording);
}

function choiceText({ trade, size }: Choice, { texts }: Wording): string {
  const { chair } = texts;
  if (trade === 'Hold') return chair.hold;
  return `${chair.into(texts.instruments[trade])}, ${chair.sizes[size].toLowerCase()}`;
}

/** The newest chair of the member that a bell has judged. */
export function lastChair(judged: Judged | null, wording: Wording): MessageBody {
  const { texts, format } = wording;
  const { chair } = texts;
  if (!judged) return { content: chair.noneYet };
  const { seat, turn, made } = judged;
  const [name, persona] = [wording.name(seat.trader), wording.persona(seat.trader)];
  const [own, its] = [seat.ownCents ?? 0, seat.traderCents ?? 0];
  const verdict = own > its ? chair.won(name) : own < its ? chair.lost(name) : chair.even;
  const rows = made.map(({ choice, cents }) => chair.row(choiceText(choice, wording), format.gain(cents)));
  const lines = [
    chair.you(choiceText({ trade: seat.trade ?? 'Hold', size: seat.size }, wording), format.gain(own)),
    ...(turn ? [chair.it(name, choiceText(turn.decision, wording), format.gain(its))] : []),
    `**${verdict}**`,
    ...(rows.length === 0 ? [] : ['', chair.every, ...rows.map((line) => `-# ${line}`)]),
  ];
  return {
    embeds: [
      {
        title: chair.lastTitle(persona?.emoji ?? '', name, seat.round),
        description: lines.join('\n'),
        ...(persona && { color: colorNumber(persona.color) }),
      },
    ],
  };
}

export function chairRows(ranking: readonly ChairRank[], { texts, format }: Wording): string[] {
  return ranking.map(({ member, beat, sat, aheadCents }, index) =>
    texts.chair.board.row(
      index + 1,
      mention(member, texts),
      format.count(beat),
      format.count(sat),
      format.gain(aheadCents),
    ),
  );
}
