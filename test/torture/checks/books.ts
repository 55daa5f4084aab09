/** The traders' money: after every round each book is what its fills and charges make of the season's starting cash. */
import type { Database } from 'better-sqlite3';
import type { ShowState } from '#core/state.ts';
import { must } from './violation.ts';

interface Movement {
  trader: string;
  instrument: string;
  cents: number;
  qty: number;
}

export class BookChecks {
  readonly #moved: { all(rounds: { since: number; until: number }): Movement[] };
  readonly #first: { get(season: number): { round: number | null } | undefined };

  constructor(db: Database) {
    this.#moved = db.prepare(
      `SELECT trader, instrument, -sum(notional_cents + fee_cents) AS cents, sum(qty) AS qty FROM fills
       WHERE round BETWEEN @since AND @until GROUP BY trader, instrument
       UNION ALL
       SELECT trader, '' AS instrument, sum(amount_cents) AS cents, 0 AS qty FROM charges
       WHERE round BETWEEN @since AND @until GROUP BY trader`,
    );
    this.#first = db.prepare(`SELECT min(round) AS round FROM rounds WHERE season = ?`);
  }

  /** `state`: as the last closed round left it. */
  eachRound(state: ShowState): void {
    if (state.roundOpen) return;
    const since = this.#first.get(state.season)?.round ?? state.round + 1;
    const cash = new Map<string, number>();
    const qty = new Map<string, number>();
    for (const { trader, instrument, cents, qty: moved } of this.#moved.all({ since, until: state.round })) {
      cash.set(trader, (cash.get(trader) ?? 0) + cents);
      if (instrument !== '') qty.set(`${trader}/${instrument}`, moved);
    }
    for (const { id, book } of Object.values(state.traders)) {
      const expected = state.rules.startCashCents + (cash.get(id) ?? 0);
      must(
        book.cashCents === expected,
        'cash conserved',
        () =>
          `${id} holds ${book.cashCents} cents in round ${state.round}; fills and charges say ${expected}`,
      );
      for (const [instrument, held] of Object.entries(book.qty))
        must(
          held === (qty.get(`${id}/${instrument}`) ?? 0),
          'positions conserved',
          () => `${id} holds ${held} of ${instrument}; its fills say ${qty.get(`${id}/${instrument}`) ?? 0}`,
        );
    }
  }
}
