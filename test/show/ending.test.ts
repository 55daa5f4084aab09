import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Brain } from '#show/ports/brain.ts';
import { setClock } from '#test/support/clock.ts';
import { dueRows } from '#test/support/outbox.ts';
import { theatre } from '#test/support/theatre.ts';

const PACE_MS = 12_000;
const OPENED = '2026-03-10T20:00:00Z';

/** Everybody promises what it does, so that members may guess, and every deal waits until they have. */
const promises: Brain = {
  label: 'promises',
  think: async ({ observation }) => ({
    decision: {
      thought: '',
      trade: 'Tech',
      size: 'Small',
      speech: 'I buy Tech, all of it!',
      location: observation.roomName,
    },
    raw: '',
    tokens: null,
    ms: 0,
  }),
  close: async () => {},
};

test('nobody reads how an episode ended before its bell, and the bell rings when all deals are told', async (t) => {
  const { show, store } = theatre(t, {
    rules: { intermissionRounds: 1, episodeRounds: 2, seasonEpisodes: 1 },
    brain: promises,
    paceMs: PACE_MS,
    clock: setClock(OPENED),
  });
  for (let round = 1; round <= 3; round += 1) await show.playRound(new AbortController().signal);
  assert.equal(show.state.phase, 'intermission');
  assert.equal(show.audience.pool()?.id, 's2e2', 'it is settled at once, and the next pool is open');

  const rows = dueRows(store.outbox).filter(({ round }) => round === 3);
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const [bell] = of('bell');
  assert.ok(bell && of('deal').length > 0);
  const roundMs = Date.parse(OPENED) + PACE_MS;
  const before = ['spoke', 'deal'];
  const after = ['poolClosed', 'poolOpened', 'intermissionOpened', 'moves', 'floorPicture', 'highlights'];
  for (const kind of [...after, 'sceneOpened', 'voteOpened', 'seasonOpened'])
    for (const { dueMs } of of(kind)) assert.ok(dueMs > bell.dueMs && dueMs < roundMs, kind);
  for (const kind of before) for (const { dueMs } of of(kind)) assert.ok(dueMs < bell.dueMs, kind);
  for (const kind of [...before, ...after]) assert.notEqual(of(kind).length, 0, kind);
});
