/** Events as rows: what the board, /confess and the curves read without a replay. Runs inside the round's transaction. */
import type { EventOf, ShowEvent } from '#core/events.ts';
import type { Answer } from '#show/ports/brain.ts';
import type { Counters } from './counters.ts';
import type { Db } from './database.ts';
import { prepare } from './statements.ts';

export interface Occasion {
  /** The action's place in the journal. */
  seq: number;
  round: number;
  atMs: number;
  answer: Answer | null;
}

export type Project = (event: ShowEvent, occasion: Occasion) => void;

export function projections(db: Db, counters: Counters): Project {
  const insertRound = prepare(
    db,
    `INSERT INTO rounds (round, season, episode, phase, phase_round, regime, opened_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPrice = prepare(db, `INSERT INTO prices (round, instrument, price_cents) VALUES (?, ?, ?)`);
  const insertHeadline = prepare(
    db,
    `INSERT INTO headlines (seq, round, text, source, names, tone, chaos) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertTurn = prepare(
    db,
    `INSERT INTO turns (round, trader, room, thought, trade, size, speech, location, fumble, refusals, equity_cents,
                        raw, tokens_evaluated, tokens_forced, tokens_sampled, ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertFill = prepare(
    db,
    `INSERT INTO fills (seq, round, trader, instrument, qty, price_cents, notional_cents, fee_cents, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertCharge = prepare(
    db,
    `INSERT INTO charges (seq, round, trader, what, amount_cents) VALUES (?, ?, ?, ?, ?)`,
  );
  const insertEquity = prepare(db, `INSERT INTO equity (round, trader, equity_cents) VALUES (?, ?, ?)`);

  function roundOpened(event: EventOf<'roundOpened'>, at: Occasion): void {
    const { round, season, episode, phase, phaseRound, regime } = event;
    insertRound.run(round, season, episode, phase, phaseRound, regime, at.atMs);
    for (const [instrument, cents] of Object.entries(event.priceCents))
      insertPrice.run(round, instrument, cents);
  }

  function headline(event: EventOf<'headlineBroke' | 'chaosStruck'>, at: Occasion): void {
    const { text, source, names, tone } = event.headline;
    insertHeadline.run(at.seq, at.round, text, source, names, tone, event.type === 'chaosStruck' ? 1 : 0);
  }

  function turnTaken(event: EventOf<'turnTaken'>, at: Occasion): void {
    const { thought, trade, size, speech, location } = event.decision;
    const tokens = at.answer?.tokens;
    insertTurn.run(
      event.round,
      event.trader,
      event.room,
      thought,
      trade,
      size,
      speech,
      location,
      event.fumble,
      JSON.stringify(event.refusals),
      event.equityCents,
      at.answer?.raw ?? '',
      tokens?.evaluated ?? null,
      tokens?.forced ?? null,
      tokens?.sampled ?? null,
      Math.round(at.answer?.ms ?? 0),
    );
    counters.add('turns', 1);
    if (event.fumble !== null) counters.add('fumbles', 1);
  }

  return (event, at) => {
    switch (event.type) {
      case 'roundOpened':
        roundOpened(event, at);
        break;
      case 'headlineBroke':
      case 'chaosStruck':
        headline(event, at);
        break;
      case 'turnTaken':
        turnTaken(event, at);
        break;
      case 'filled': {
        const { trader, instrument, qty, priceCents, notionalCents, feeCents, reason } = event;
        insertFill.run(
          at.seq,
          at.round,
          trader,
          instrument,
          qty,
          priceCents,
          notionalCents,
          feeCents,
          reason,
        );
        break;
      }
      case 'charged':
        insertCharge.run(at.seq, at.round, event.trader, event.what, event.amountCents);
        break;
      case 'roundClosed':
        for (const { trader, equityCents } of event.standings)
          insertEquity.run(event.round, trader, equityCents);
        break;
      // These follow from the journal, and nobody asks for them as rows.
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
        break;
    }
  };
}
