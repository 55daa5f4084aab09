/** One trader's turn: the decision under the rules. What breaks a rule is refused with a code and becomes Hold or stay. */
import { assertThat } from '../assert.ts';
import { personaOf } from '../content.ts';
import { fumbledDecision, type Decision } from '../decision.ts';
import { speaksNext } from '../speaking.ts';
import type { ShowState, Tip } from '../state.ts';
import { isHeld } from '../story/closing-scene.ts';
import { noteDeal, type BeatEvent } from '../story/plot.ts';
import { equityCents, rotate } from '../trading/books.ts';
import { dealing, recordFills, type DeskEvent } from '../trading/desk.ts';
import { OWN_TURNS_KEPT, type Trader } from '../trading/trader.ts';
import type { Fumble, Refusal, RoomId, TraderId } from '../vocabulary.ts';
import type { Draft } from './draft.ts';
import type { Refused } from './refusal.ts';
import { tipFor } from './whisper.ts';

/**
 * `decision` is what the brain returned; null, with the reason, when it fumbled. `asked` is absent where nothing happens while a brain
 * thinks, and in journals from before it was kept.
 */
export type TakeTurn =
  | { type: 'takeTurn'; trader: TraderId; decision: Decision; fumble: null; asked?: Asked }
  | { type: 'takeTurn'; trader: TraderId; decision: null; fumble: Fumble; asked?: Asked };

/** What the floor was when the brain was asked: what happened while it thought is not of this turn. */
export interface Asked {
  /** The place of the journal's last entry. */
  seq: number;
  /** The tip that it was told; null: nobody called, or no brain was asked. */
  tip: number | null;
}

export type TakeTurnEvent =
  | BeatEvent
  | DeskEvent
  | Refused
  /** What a member whispered was heard in this turn, by nobody else. */
  | { type: 'tipHeard'; id: number; trader: TraderId; room: RoomId; round: number }
  | { type: 'spoke'; round: number; trader: TraderId; room: RoomId; text: string; heardBy: TraderId[] }
  /** Private: holds the thought. Only the database and /confess may read it. */
  | {
      type: 'turnTaken';
      round: number;
      trader: TraderId;
      room: RoomId;
      decision: Decision;
      fumble: Fumble | null;
      refusals: Refusal[];
      equityCents: number;
    };

export function takeTurn(draft: Draft<TakeTurnEvent>, action: TakeTurn): void {
  const { state, content, tell } = draft;
  const trader = state.traders[action.trader];
  assertThat(state.roundOpen, 'turns are taken in an open round');
  assertThat(trader !== undefined, `${action.trader} is not a trader of this show`);
  assertThat(speaksNext(state, trader.id), `it is not ${trader.id}'s turn in ${trader.room}`);

  const roomName = content.office.rooms.find((room) => room.id === trader.room)?.name ?? trader.room;
  const decision = action.decision ?? fumbledDecision(roomName);
  const equityBefore = equityCents(trader.book, state.market.priceCents);
  const refusals: Refusal[] = [];
  const refuse = (code: Refusal | null) => {
    if (code === null) return;
    refusals.push(code);
    tell({
      type: 'refused',
      trader: trader.id,
      code,
      trade: decision.trade,
      location: decision.location,
    });
  };

  refuse(trade(draft, trader, decision));
  refuse(head(draft, trader, decision));
  speak(draft, trader, decision.speech.trim());
  if (action.fumble) trader.fumbles += 1;
  hangUp(draft, trader, action);
  state.turnsTaken.push(trader.id);
  trader.ownTurns = [
    ...trader.ownTurns,
    {
      round: state.round,
      trade: decision.trade,
      size: decision.size,
      refusal: refusals[0] ?? null,
      speech: decision.speech.trim(),
      equityCents: equityBefore,
    },
  ].slice(-OWN_TURNS_KEPT);
  tell({
    type: 'turnTaken',
    round: state.round,
    trader: trader.id,
    room: trader.room,
    decision,
    fumble: action.fumble,
    refusals,
    equityCents: equityBefore,
  });
}

/** One tip a turn: the others wait on the line. */
function hangUp({ state, tell }: Draft<TakeTurnEvent>, trader: Trader, action: TakeTurn): void {
  const heard = heardTip(state, action);
  if (!heard) return;
  const left = state.tips?.filter((tip) => tip !== heard) ?? [];
  if (left.length > 0) state.tips = left;
  else delete state.tips;
  tell({ type: 'tipHeard', id: heard.id, trader: trader.id, room: trader.room, round: state.round });
}

/** The tip that the brain was told, if it listened: who fumbles is called again. */
function heardTip(state: ShowState, { trader, asked, fumble }: TakeTurn): Tip | undefined {
  if (!asked) return tipFor(state, trader);
  return fumble === null ? state.tips?.find(({ id }) => id === asked.tip) : undefined;
}

function trade(draft: Draft<TakeTurnEvent>, trader: Trader, decision: Decision): Refusal | null {
  if (decision.trade === 'Hold') return null;
  if (trader.standing === 'intern') return 'intern_cannot_trade';
  if (draft.state.phase === 'intermission') return 'market_shut';
  const deal = dealing(draft.state, personaOf(draft.content, trader.id), trader);
  const { fills, refusal } = rotate(deal, decision.trade, decision.size);
  if (fills.length > 0) trader.trades += 1;
  recordFills(draft, fills);
  if (fills.length > 0) noteDeal(draft, trader.id, decision.trade, decision.size);
  return refusal;
}

function head({ state, content }: Draft<TakeTurnEvent>, trader: Trader, decision: Decision): Refusal | null {
  const room = content.office.rooms.find((candidate) => candidate.name === decision.location);
  if (!room) return 'no_such_room';
  trader.heading = isHeld(state, trader.id) ? null : room.id;
  return null;
}

function speak({ state, tell }: Draft<TakeTurnEvent>, trader: Trader, text: string): void {
  if (text === '') return;
  const heardBy = Object.values(state.traders)
    .filter((other) => other.room === trader.room)
    .map((other) => other.id);
  state.lines.push({ round: state.round, speaker: trader.id, room: trader.room, text, heardBy });
  tell({ type: 'spoke', round: state.round, trader: trader.id, room: trader.room, text, heardBy });
}
