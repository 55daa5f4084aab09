/** Projects the state onto what one trader may see. About the others it reads only where they are and what they said. */
import { tipFor } from './actions/whisper.ts';
import type { Content } from './content.ts';
import { changeBps } from './market.ts';
import { bondsOf } from './memory/bonds.ts';
import { SAID_ROUNDS } from './memory/fact.ts';
import { feelingBetween } from './memory/feelings.ts';
import { recall } from './memory/recall.ts';
import { moneyWords } from './memory/words.ts';
import { newsIn } from './news.ts';
import type { Observation, SeenCompany, SeenPosition, SeenResult } from './observation.ts';
import type { ShowState } from './state.ts';
import { equityCents, valueCents } from './trading/books.ts';
import type { Trader } from './trading/trader.ts';
import { BPS, INSTRUMENTS, type TraderId } from './vocabulary.ts';

export function observe(state: ShowState, id: TraderId, content: Content): Observation {
  const me = state.traders[id];
  if (!me) throw new Error(`${id} is not a trader of this show`);
  const { market, rules } = state;
  const equity = equityCents(me.book, market.priceCents);
  const phaseRounds = state.phase === 'episode' ? rules.episodeRounds : rules.intermissionRounds;
  const others = Object.values(state.traders).filter((other) => other.id !== id);
  return {
    trader: id,
    name: nameOf(content, id),
    round: state.round,
    phase: state.phase === 'intermission' ? 'intermission' : 'episode',
    standing: me.standing,
    roundsLeft: phaseRounds - state.phaseRound + 1,
    room: me.room,
    roomName: content.office.rooms.find((room) => room.id === me.room)?.name ?? me.room,
    rooms: roomsOf(content),
    // Nobody on the floor is told that a headline is a rumour.
    headlines: newsIn(state, me.room).map((it) => ({
      ...it,
      source: it.source === 'rumour' ? 'wire' : it.source,
    })),
    prices: INSTRUMENTS.map((instrument) => ({
      instrument,
      priceCents: market.priceCents[instrument],
      roundBps: changeBps(market.lastPriceCents[instrument], market.priceCents[instrument]),
      episodeBps: changeBps(market.episodeOpenCents[instrument], market.priceCents[instrument]),
    })),
    equityCents: equity,
    gainBps: changeBps(rules.startCashCents, equity),
    episodeGainBps: changeBps(Math.max(1, me.equityAtEpisodeOpenCents), equity),
    cashCents: me.book.cashCents,
    positions: positions(state, me),
    ownTurns: me.ownTurns.map((turn) => ({
      roundsAgo: state.round - turn.round,
      trade: turn.trade,
      size: turn.size,
      refusal: turn.refusal,
      gainSinceBps: changeBps(Math.max(1, turn.equityCents), equity),
    })),
    ...bendOf(me, content),
    ...sceneOf(state, id, content),
    ownLines: me.ownTurns.flatMap((turn) => (turn.speech === '' ? [] : [turn.speech])),
    ...saidLately(state, id),
    company: others
      .filter((other) => other.room === me.room)
      .map((other) => company(state, content, me, other)),
    justLeft: others
      .filter(
        (other) =>
          other.room !== me.room && other.cameFrom === me.room && other.walkedInRound === state.round,
      )
      .filter(() => me.walkedInRound !== state.round)
      .map((other) => nameOf(content, other.id)),
    ...phone(state, id),
    ...(state.memory && { facts: recall(state, id, content) }),
    ...bondsSeen(state, id, content),
  };
}

const rooms = new WeakMap<Content['office'], Observation['rooms']>();

function roomsOf({ office }: Content): Observation['rooms'] {
  const before = rooms.get(office);
  if (before) return before;
  const all = office.rooms.map(({ id, name }) => ({ id, name }));
  rooms.set(office, all);
  return all;
}

function company(state: ShowState, content: Content, me: Trader, other: Trader): SeenCompany {
  const said = state.lines.findLastIndex((line) => line.speaker === other.id && line.heardBy.includes(me.id));
  const mine = state.lines.findLastIndex((line) => line.speaker === me.id && line.heardBy.includes(other.id));
  return {
    trader: other.id,
    name: nameOf(content, other.id),
    said: state.lines[said]?.text ?? null,
    unanswered: said > mine,
    justWalkedIn: other.walkedInRound === state.round && me.walkedInRound !== state.round,
    ...(state.memory && { feeling: feelingBetween(state, me.id, other.id) }),
  };
}

function positions(state: ShowState, me: Trader): SeenPosition[] {
  return INSTRUMENTS.filter((instrument) => me.book.qty[instrument] !== 0).map((instrument) => {
    const qty = me.book.qty[instrument];
    const value = valueCents(qty, state.market.priceCents[instrument]);
    const cost = me.book.costCents[instrument];
    const gain = cost === 0 ? 0 : Math.round(((value - cost) * BPS) / Math.abs(cost));
    return { instrument, side: qty > 0 ? 'long' : 'short', valueCents: Math.abs(value), gainBps: gain };
  });
}

function bondsSeen(state: ShowState, id: TraderId, content: Content): Pick<Observation, 'bonds'> {
  const bonds = bondsOf(state, id, content);
  return bonds.length === 0 ? {} : { bonds };
}

function saidLately({ memory, round }: ShowState, id: TraderId): Pick<Observation, 'saidLately'> {
  const said = (memory?.said?.[id] ?? []).filter((line) => round - line.round <= SAID_ROUNDS);
  return said.length === 0 ? {} : { saidLately: said.map(({ text }) => text) };
}

function sceneOf(state: ShowState, id: TraderId, content: Content): Pick<Observation, 'scene'> {
  const { scene, lastBell } = state;
  if (!scene || !lastBell || (scene.winner !== id && scene.loser !== id)) return {};
  const won = scene.winner === id;
  const winner = resultOf(lastBell.winnerGainCents);
  const loser = resultOf(lastBell.loserGainCents);
  const trader = won ? scene.loser : scene.winner;
  return {
    scene: {
      won,
      other: { trader, name: nameOf(content, trader) },
      own: won ? winner : loser,
      theirs: won ? loser : winner,
    },
  };
}

function resultOf(cents: number): SeenResult {
  return { amount: moneyWords(Math.abs(cents)), gained: cents > 0 };
}

function phone(state: ShowState, id: TraderId): Pick<Observation, 'phone'> {
  const tip = tipFor(state, id);
  return tip ? { phone: { text: tip.text, names: tip.names, tone: tip.tone } } : {};
}

function bendOf({ id, bend }: Trader, content: Content): Pick<Observation, 'bend'> {
  if (bend === undefined) return {};
  const told = content.cast.find((persona) => persona.id === id)?.bends?.[bend]?.told;
  return told === undefined ? {} : { bend: { kind: bend, told } };
}

function nameOf(content: Content, id: TraderId): string {
  return content.cast.find((persona) => persona.id === id)?.name ?? id;
}
