/** A show that is played at once with the scripted brain, only for its pictures: nothing of it is kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import type { Content } from '#core/content.ts';
import { DEFAULT_RULES } from '#core/state.ts';
import { systemClock } from '#show/clock.ts';
import type { AwardsCard, CardView, RecapCard } from '#show/ports/card-views.ts';
import type { Log } from '#show/ports/clock.ts';
import type { OutboxRow } from '#show/ports/outbox.ts';
import type { FloorView } from '#show/ports/painter.ts';
import { Show } from '#show/show.ts';
import { openStore } from '#store/store.ts';

/** Rows of the outbox that are read at once. */
const PAGE = 200;
const GUESTS = ['guest-1', 'guest-2', 'guest-3', 'guest-4', 'guest-5'];

/** What a sample show may have besides its rounds. */
export interface SampleExtras {
  /** The producer strikes chaos after this round. */
  chaosAfterRound?: number | undefined;
  /** Receives every card: those of the bells as they ring, those of the season at the end. `name` is fit for a file. */
  card?: (name: string, view: CardView) => void;
}

/**
 * The floor after each of `rounds` rounds, with guests who bet in every intermission. The same seed gives the same
 * views.
 */
export async function playSampleShow(
  content: Content,
  seed: number,
  rounds: number,
  log: Log,
  { chaosAfterRound, card = () => {} }: SampleExtras = {},
): Promise<FloorView[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'open-outcry-sample-'));
  const store = openStore(path.join(folder, 'show.sqlite'));
  try {
    const show = new Show({
      content,
      rules: DEFAULT_RULES,
      seed,
      store,
      brain: createScriptedBrain({ cast: content.cast, seed }),
      models: null,
      clock: systemClock,
      log,
      paceMs: 0,
      turnLimitMs: 5_000,
      pictureEveryRounds: 1,
      blocks: () => false,
    });
    show.start('console');
    const views: FloorView[] = [];
    const signal = new AbortController().signal;
    for (let round = 1; round <= rounds; round += 1) {
      bet(show);
      await show.playRound(signal);
      for (const { post } of takePosts(store.outbox)) {
        if (post.kind === 'floorPicture') views.push(post.view);
        if (post.kind === 'bell' && post.card) card(bellName(post.card), post.card);
      }
      if (round === chaosAfterRound) show.strikeChaos('console', null);
    }
    card('market', show.gallery.prices(show.state));
    card('equity', show.gallery.equity(show.state));
    for (const { id } of content.cast) {
      const view = show.gallery.trader(show.state, id);
      if (view) card(`trader-${id}`, view);
    }
    return views;
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The guests bet on different traders, and on others each episode. */
function bet({ audience, state }: Show): void {
  const outcomes = audience.pool()?.outcomes ?? [];
  GUESTS.forEach((guest, index) => {
    const outcome = outcomes[(state.episode + index) % Math.max(1, outcomes.length)];
    if (outcome !== undefined) audience.stake(guest, outcome, 50 * (index + 1));
  });
}

function bellName(card: RecapCard | AwardsCard): string {
  const season = `s${card.season}`;
  return card.kind === 'recap' ? `recap-${season}e${card.episode}` : `awards-${season}`;
}

function takePosts(outbox: ReturnType<typeof openStore>['outbox']): OutboxRow[] {
  const taken: OutboxRow[] = [];
  for (;;) {
    const rows = outbox.places().flatMap((place) => outbox.read(outbox.waiting(place, PAGE)));
    taken.push(...rows);
    outbox.folded(
      rows.map(({ id }) => id),
      'nothing',
    );
    if (rows.length === 0) return taken;
  }
}
