/** What a run of so many rounds prints at its end, for scripts: one line of JSON. */
import { equityCents } from '#core/trading/books.ts';
import { stateHash } from '#show/hash.ts';
import type { Stage } from '#stage/stage.ts';
import { EXIT, ExitError } from './exit.ts';
import type { OpenShow } from './open-show.ts';

/** How long the channels have to show what is left of the rounds. */
const DRAIN_LIMIT_MS = 120_000;

export interface ReportDeps {
  running: Pick<OpenShow, 'show' | 'store'>;
  stage: Pick<Stage, 'drained' | 'counts'>;
  rounds: number;
  /** Aborts the wait for posts. */
  signal: AbortSignal;
  drainLimitMs?: number;
  print?: (line: string) => void;
}

/** Waits until all posts are shown, and prints the line in any case. Rejects with an ExitError when posts are left over. */
export async function report(deps: ReportDeps): Promise<void> {
  const { running, stage, rounds, signal, drainLimitMs = DRAIN_LIMIT_MS, print = console.log } = deps;
  const { show, store } = running;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(drainLimitMs)]);
  try {
    await stage.drained(limit);
  } catch (error) {
    if (!limit.aborted) throw error;
  }
  const { linesSpoken, pictures } = stage.counts();
  const { market, traders, seed } = show.state;
  const { turns, fumbles } = store.show.counts();
  const dollars = Object.values(traders).map((it) => [it.id, equityCents(it.book, market.priceCents) / 100]);
  const postsNotShown = store.outbox.pending();
  const line = {
    brain: show.status().brain,
    seed,
    rounds,
    turns,
    fumbles,
    linesPosted: linesSpoken,
    picturesPosted: pictures,
    postsNotShown,
    equity: Object.fromEntries(dollars),
    ledgerSum: show.audience.ledgerSum(),
    stateHash: stateHash(show.state),
  };
  print(JSON.stringify(line));
  if (postsNotShown === 0) return;
  const why = signal.aborted
    ? 'not shown, because the program was told to end'
    : limit.aborted
      ? `not shown within ${drainLimitMs / 1_000} s`
      : 'not shown, because their channel is missing';
  throw new ExitError(
    `Posts ${why}: ${postsNotShown}. Those of a show with a name (--show NAME) wait for its next run.`,
    EXIT.postsNotShown,
  );
}
