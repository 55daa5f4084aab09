import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AwardsCard } from '#show/ports/card-views.ts';
import { dueRows } from '#test/support/outbox.ts';
import { theatre, type Theatre } from '#test/support/theatre.ts';

const RULES = { episodeRounds: 6, intermissionRounds: 2, seasonEpisodes: 4 };
const SEASON_ROUNDS = 32;

function awardsOf({ store }: Theatre): AwardsCard['awards'] {
  const [card] = dueRows(store.outbox, Infinity, 10_000).flatMap(({ post }) =>
    post.kind === 'bell' && post.card?.kind === 'awards' ? [post.card] : [],
  );
  assert.ok(card);
  return card.awards;
}

test('a season whose turns are forgotten while it is played has the awards of one that keeps them', async (t) => {
  const whole = theatre(t, { rules: RULES });
  await whole.play(SEASON_ROUNDS);
  const awards = awardsOf(whole);
  assert.ok(awards.some(({ award }) => award === 'most_hypocritical'));

  const pruned = theatre(t, { rules: RULES });
  let forgotten = 0;
  while (pruned.show.state.round < SEASON_ROUNDS) {
    await pruned.play(1);
    forgotten += pruned.store.prune({ keepRounds: 8 }).turns;
  }
  assert.ok(forgotten > 60, `${forgotten} turns`);
  assert.deepEqual(awardsOf(pruned), awards);
});

test('a season that began before there was a tally is judged by the turns that are left', async (t) => {
  const [whole, updated] = [theatre(t, { rules: RULES }), theatre(t, { rules: RULES })];
  await whole.play(SEASON_ROUNDS);
  await updated.play(SEASON_ROUNDS - 3);
  updated.store.keyValues.delete('season-tally');
  await updated.play(3);
  assert.deepEqual(awardsOf(updated), awardsOf(whole));
});

test('the next season is counted from its beginning, and so is one whose tally cannot be read', async (t) => {
  const playing = theatre(t, { rules: RULES });
  await playing.play(SEASON_ROUNDS + 8);
  const kept = (): unknown => JSON.parse(playing.store.keyValues.get('season-tally') ?? '');
  const tally = kept();
  playing.store.keyValues.set('season-tally', '{"season":2}');
  await playing.play(7);
  assert.deepEqual(kept(), { season: 2 }, 'until the bell');
  await playing.play(1);
  assert.notDeepEqual(kept(), tally);
  const words = playing.store.show
    .turnFacts(SEASON_ROUNDS + 1)
    .filter(({ trader }) => trader === 'alex')
    .flatMap(({ speech }) => speech.match(/[\p{L}\p{N}']+/gu) ?? []).length;
  const { traders, ...rest } = kept() as { traders: Record<string, { words: number }> };
  assert.deepEqual(rest, { season: 2, upToRound: SEASON_ROUNDS + 16 });
  assert.equal(traders['alex']?.words, words);
});
