/** Producers change who plays: from the next season on, through restarts, with 2 traders as with 10. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import { loadLibrary } from '#app/content.ts';
import { contentHash, stateHash } from '#show/hash.ts';
import { apply } from '#core/apply.ts';
import { theatre, type Theatre } from '#test/support/theatre.ts';

const SHORT = { episodeRounds: 2, intermissionRounds: 1, seasonEpisodes: 1 };
const PRODUCER = '1';
const card = (name: string, more: object = {}): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      spec: 'chara_card_v2',
      data: {
        name,
        description: `{{char}} is new and says what comes to mind.`,
        first_mes: `${name} is here.`,
        mes_example: '<START>\n{{user}}: Well?\n{{char}}: Tech, because I like the sound of it.',
        ...more,
      },
    }),
  );

function stage(t: TestContext, more: object = {}): Theatre {
  return theatre(t, { rules: SHORT, personas: loadLibrary(null).personas, ...more });
}

/** The premiere's round and an episode: after them the season is over. */
const SEASON_ROUNDS = 3;

function join({ show }: Theatre, name: string): void {
  const joined = show.casting.addFile(card(name), {}, PRODUCER);
  assert.ok(joined.ok, JSON.stringify(joined));
}

test('a trader who is added plays from the next season on, with a fresh book, and can be backed', async (t) => {
  const at = stage(t);
  join(at, 'Zoe');
  assert.deepEqual(Object.keys(at.show.state.traders), ['alex', 'alice', 'mike', 'sarah']);
  await at.play(SEASON_ROUNDS);
  assert.equal(at.show.state.season, 2);
  assert.deepEqual(Object.keys(at.show.state.traders), ['alex', 'alice', 'mike', 'sarah', 'zoe']);
  assert.equal(at.show.state.traders['zoe']?.book.cashCents, 1_000_000);
  assert.deepEqual(at.show.audience.pool()?.outcomes, ['alex', 'alice', 'mike', 'sarah', 'zoe']);
  assert.equal(at.show.content.cast.find(({ id }) => id === 'zoe')?.name, 'Zoe');
  assert.deepEqual(
    at.store.show.audits('cast', 5).map(({ detail }) => detail),
    ['+zoe'],
  );
  await at.play(2 * SEASON_ROUNDS);
  assert.ok(at.store.show.turns('zoe', 5).length >= 2, 'she has her turns');
});

test('a trader who leaves plays the season to its end, and nothing of the floor hangs on the name afterwards', async (t) => {
  const at = stage(t, { seed: 5 });
  const left = at.show.casting.remove('mike', PRODUCER);
  assert.ok(left.ok);
  await at.play(SEASON_ROUNDS);
  const text = JSON.stringify({ ...at.show.state, recentHeadlines: [] });
  assert.ok(!text.includes('mike'), text);
  await at.play(2 * SEASON_ROUNDS);
  assert.deepEqual(Object.keys(at.show.state.traders), ['alex', 'alice', 'sarah']);
});

test('the cast survives restarts, before the season turns and after, and every round replays', async (t) => {
  let at = stage(t, { onDisk: true });
  join(at, 'Zoe');
  assert.ok(at.show.casting.addShipped('hugo', PRODUCER).ok);
  at = at.restart();
  await at.play(SEASON_ROUNDS);
  await at.play(1);
  const before = stateHash(at.show.state);
  at = at.restart();
  assert.equal(stateHash(at.show.state), before);
  await at.play(1);
  assert.deepEqual(
    at.show.content.cast.map(({ id }) => id),
    ['alex', 'alice', 'hugo', 'mike', 'sarah', 'zoe'],
  );
  const { founding, contentHash: hash, entries } = at.store.show.recording();
  assert.equal(hash, contentHash(at.show.content));
  let state = founding;
  const expected = new Map(at.store.show.roundHashes().map((it) => [it.round, it.hash]));
  let met = 0;
  for (const { action } of entries) {
    ({ state } = apply(state, action, at.show.content));
    if (action.type !== 'closeRound') continue;
    assert.equal(stateHash(state), expected.get(state.round));
    met += 1;
  }
  assert.equal(met, 2);
});

test('a season’s change that cannot be stored changes nothing', async (t) => {
  const at = stage(t);
  join(at, 'Zoe');
  await at.play(SEASON_ROUNDS - 1);
  const set = at.store.keyValues.set.bind(at.store.keyValues);
  let broken = true;
  t.mock.method(at.store.keyValues, 'set', (name: string, value: string) => {
    if (broken && name === 'cast') throw new Error('the disk is full');
    set(name, value);
  });
  await assert.rejects(at.play(1), /the disk is full/);
  assert.equal(at.show.state.season, 1);
  assert.deepEqual(Object.keys(at.show.state.traders), ['alex', 'alice', 'mike', 'sarah']);
  broken = false;
  await at.play(1);
  assert.equal(at.show.state.season, 2);
  assert.equal(at.show.content.cast.length, 5);
});

test('two traders are enough for a show, and fewer are refused', async (t) => {
  const at = stage(t);
  for (const id of ['mike', 'sarah']) assert.ok(at.show.casting.remove(id, PRODUCER).ok);
  const refused = at.show.casting.remove('alex', PRODUCER);
  assert.equal(!refused.ok && refused.code, 'cast_too_small');
  await at.play(3 * SEASON_ROUNDS);
  assert.deepEqual(Object.keys(at.show.state.traders), ['alex', 'alice']);
  assert.equal(at.show.board().length, 2);
  assert.ok(at.store.show.counts().turns > 0);
});

test('ten traders play, are painted and backed, and an eleventh is refused', async (t) => {
  const at = stage(t);
  for (const id of ['hugo', 'nadia']) assert.ok(at.show.casting.addShipped(id, PRODUCER).ok);
  for (const name of ['Zoe', 'Yan', 'Xena', 'Wim']) join(at, name);
  const refused = at.show.casting.addFile(card('Vera'), {}, PRODUCER);
  assert.equal(!refused.ok && 'code' in refused && refused.code, 'cast_is_full');
  await at.play(2 * SEASON_ROUNDS + 1);
  const { state } = at.show;
  assert.equal(Object.keys(state.traders).length, 10);
  assert.equal(at.show.floorView().traders.length, 10);
  const seats = new Map(at.show.content.office.rooms.map(({ id, seats: count }) => [id, count]));
  for (const [room, count] of Map.groupBy(Object.values(state.traders), (one) => one.room).entries())
    assert.ok(count.length <= (seats.get(room) ?? 0), `${count.length} in ${room}`);
  for (const trader of Object.values(state.traders))
    assert.ok(INSTRUMENTS.every((it) => Number.isSafeInteger(trader.book.qty[it])));
  assert.equal(new Set(at.show.content.cast.map(({ emoji }) => emoji)).size, 10);
});
