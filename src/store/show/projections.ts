/** Events as rows: what the board, /confess and the curves read without a replay. Runs inside the round's transaction. */
import type { EventOf, ShowEvent } from '#core/events.ts';
import type { Answer } from '#show/ports/brain.ts';
import type { Counters } from '../counters.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

export interface Occasion {
  /** The action's place in the journal. */
  seq: number;
  round: number;
  atMs: number;
  answer: Answer | null;
}

export type Project = (event: ShowEvent, occasion: Occasion) => void;

export function projections(db: Db, counters: Counters): Project {
  const { roundOpened, roundClosed } = roundRows(db);
  const headline = headlineRows(db);
  const turnTaken = turnRows(db, counters);
  const { filled, charged } = moneyRows(db);
  return (event, at) => {
    switch (event.type) {
      case 'roundOpened':
        return roundOpened(event, at);
      case 'roundClosed':
        return roundClosed(event);
      case 'headlineBroke':
      case 'chaosStruck':
        return headline(event, at);
      case 'turnTaken':
        return turnTaken(event, at);
      case 'filled':
        return filled(event, at);
      case 'charged':
        return charged(event, at);
      // These follow from the journal, and nobody asks for them as rows.
      case 'premiereOpened':
      case 'beat':
      case 'firstCall':
      case 'sceneOpened':
      case 'seasonOpened':
      case 'seasonClosed':
      case 'intermissionOpened':
      case 'episodeOpened':
      case 'episodeClosed':
      case 'regimeChanged':
      case 'marginCalled':
      case 'bankrupted':
      case 'bailedOut':
      case 'refused':
      case 'spoke':
      case 'walked':
      case 'thoughtLeaked':
      case 'rumourPlanted':
      case 'tipHeard':
        return;
      default:
        event satisfies never;
    }
  };
}

function roundRows(db: Db): {
  roundOpened: (event: EventOf<'roundOpened'>, at: Occasion) => void;
  roundClosed: (event: EventOf<'roundClosed'>) => void;
} {
  const insertRound = prepare(
    db,
    `INSERT INTO rounds (round, season, episode, phase, phase_round, regime, opened_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPrice = prepare(db, `INSERT INTO prices (round, instrument, price_cents) VALUES (?, ?, ?)`);
  const insertEquity = prepare(db, `INSERT INTO equity (round, trader, equity_cents) VALUES (?, ?, ?)`);
  return {
    roundOpened({ round, season, episode, phase, phaseRound, regime, priceCents }, { atMs }) {
      insertRound.run(round, season, episode, phase, phaseRound, regime, atMs);
      for (const [instrument, cents] of Object.entries(priceCents)) insertPrice.run(round, instrument, cents);
    },
    roundClosed({ round, standings }) {
      for (const { trader, equityCents } of standings) insertEquity.run(round, trader, equityCents);
    },
  };
}

function headlineRows(db: Db): (event: EventOf<'headlineBroke' | 'chaosStruck'>, at: Occasion) => void {
  const insert = prepare(
    db,
    `INSERT INTO headlines (seq, round, text, source, names, tone, chaos) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ type, headline: { text, source, names, tone } }, { seq, round }) => {
    insert.run(seq, round, text, source, names, tone, type === 'chaosStruck' ? 1 : 0);
  };
}

function turnRows(db: Db, counters: Counters): (event: EventOf<'turnTaken'>, at: Occasion) => void {
  const insert = prepare(
    db,
    `INSERT INTO turns (round, trader, room, thought, trade, size, speech, location, fumble, refusals, equity_cents,
                        raw, tokens_evaluated, tokens_forced, tokens_sampled, ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ round, trader, room, decision, fumble, refusals, equityCents }, { answer }) => {
    const { thought, trade, size, speech, location } = decision;
    const { evaluated = null, forced = null, sampled = null } = answer?.tokens ?? {};
    const thinking = [answer?.raw ?? '', evaluated, forced, sampled, Math.round(answer?.ms ?? 0)];
    const did = [thought, trade, size, speech, location, fumble, JSON.stringify(refusals), equityCents];
    insert.run(round, trader, room, ...did, ...thinking);
    counters.add('turns', 1);
    if (fumble !== null) counters.add('fumbles', 1);
  };
}

function moneyRows(db: Db): {
  filled: (event: EventOf<'filled'>, at: Occasion) => void;
  charged: (event: EventOf<'charged'>, at: Occasion) => void;
} {
  const insertFill = prepare(
    db,
    `INSERT INTO fills (seq, round, trader, instrument, qty, price_cents, notional_cents, fee_cents, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertCharge = prepare(
    db,
    `INSERT INTO charges (seq, round, trader, what, amount_cents) VALUES (?, ?, ?, ?, ?)`,
  );
  return {
    filled(event, { seq, round }) {
      const { trader, instrument, qty, priceCents, notionalCents, feeCents, reason } = event;
      const deal = [trader, instrument, qty, priceCents, notionalCents, feeCents, reason];
      insertFill.run(seq, round, ...deal);
    },
    charged({ trader, what, amountCents }, { seq, round }) {
      insertCharge.run(seq, round, trader, what, amountCents);
    },
  };
}
