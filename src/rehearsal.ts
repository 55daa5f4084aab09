/** A show played at once with the scripted brain, for its pictures only: nothing of it is kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createScriptedBrain } from '#brain/scripted.ts';
import type { Content } from '#core/content.ts';
import { DEFAULT_RULES } from '#core/state.ts';
import { systemClock } from '#show/clock.ts';
import type { FloorView, Log } from '#show/ports.ts';
import { Show } from '#show/show.ts';
import { openStore } from '#store/store.ts';

/** Rows of the outbox that are read at once. */
const PAGE = 200;

/** The floor after each of `rounds` rounds. The same seed gives the same views. */
export async function rehearse(
  content: Content,
  seed: number,
  rounds: number,
  log: Log,
): Promise<FloorView[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'open-outcry-rehearsal-'));
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
    for (let round = 0; round < rounds; round += 1) {
      await show.playRound(signal);
      views.push(...takePictures(store.outbox));
    }
    return views;
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function takePictures(outbox: ReturnType<typeof openStore>['outbox']): FloorView[] {
  const views: FloorView[] = [];
  for (;;) {
    const rows = outbox.due(Number.MAX_SAFE_INTEGER, PAGE);
    for (const { post } of rows) if (post.kind === 'floorPicture') views.push(post.view);
    outbox.folded(rows.map(({ id }) => id));
    if (rows.length === 0) return views;
  }
}
