import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { apply } from '#core/apply.ts';
import { withoutChaos } from '#core/calm.ts';
import type { Content } from '#core/content.ts';
import { EDITION } from '#core/edition.ts';
import { DEFAULT_RULES, type ShowState } from '#core/state.ts';
import { systemClock } from '#show/clock.ts';
import { stateHash } from '#show/hash.ts';
import type { ShowStore } from '#show/ports/store.ts';
import { Show } from '#show/show.ts';
import { openStore, type Store } from '#store/store.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { silentLog } from '#test/support/theatre.ts';

/**
 * 32 rounds that version 0.1.0 recorded, with the content that it played: three episodes over a season's end, two strikes of
 * chaos, fumbles, stakes. What a later version stores or computes otherwise must not change what was recorded.
 */
const fixture = (name: string): Buffer =>
  gunzipSync(
    readFileSync(fileURLToPath(new URL(`../fixtures/show-of-version-1.${name}.gz`, import.meta.url))),
  );
const content = JSON.parse(fixture('content.json').toString()) as Content;

function recorded(t: TestContext): Store {
  const file = path.join(temporaryFolder(t), 'show.sqlite');
  writeFileSync(file, fixture('sqlite'));
  const store = openStore(file);
  t.after(() => store.close());
  return store;
}

/** The show as this version goes on with it; `notes` is what it logs. */
function goOn(store: Store, notes: string[] = []): Show {
  const { seed } = store.show.recording().founding;
  return new Show({
    content,
    rules: DEFAULT_RULES,
    seed,
    store,
    brain: createScriptedBrain({ cast: content.cast, seed }),
    models: null,
    clock: systemClock,
    log: { ...silentLog, info: (_: object, message: string) => notes.push(message) },
    paceMs: 0,
    turnLimitMs: 5_000,
    pictureEveryRounds: 1,
    blocks: () => false,
  });
}

/** Rounds whose hash the replay of the whole recording met; a hash that it misses fails the test. */
function replayed(store: ShowStore): { rounds: number[]; state: ShowState } {
  const { founding, entries } = store.recording();
  const hashes = new Map(store.roundHashes().map(({ round, hash }) => [round, hash]));
  const rounds: number[] = [];
  let state = founding;
  for (const { action } of entries) {
    ({ state } = apply(state, action, content));
    if (action.type !== 'closeRound') continue;
    assert.equal(stateHash(state), hashes.get(state.round), `round ${state.round}`);
    rounds.push(state.round);
  }
  return { rounds, state };
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

test('a show that an earlier version recorded is opened, and its replay meets the hash of every round', (t) => {
  const store = recorded(t);
  assert.deepEqual(replayed(store.show).rounds, upTo(32));
  assert.equal(store.chips.ledgerSum(), 0);
});

test('it goes on with keyed chance where it stood, and the replay meets the hashes of before and since', async (t) => {
  const store = recorded(t);
  const before = replayed(store.show).state;
  const notes: string[] = [];
  const show = goOn(store, notes);
  assert.equal(notes.filter((note) => note.includes('version 0.1')).length, 1);
  const { rng: _, ...stood } = before;
  assert.deepEqual(show.state, { ...stood, chance: 'keyed', edition: EDITION });
  show.start('p');
  await show.run(AbortSignal.timeout(60_000), 12);
  assert.equal(stateHash(replayed(store.show).state), stateHash(show.state));
  assert.deepEqual(replayed(store.show).rounds, upTo(44));
  const again = goOn(store, notes);
  assert.equal(stateHash(again.state), stateHash(show.state));
  const turned = [...store.show.recording().entries].filter(({ action }) => action.type === 'keyChance');
  assert.equal(turned.length, 1, 'it turns to keyed chance once');
  const editions = [...store.show.recording().entries].filter(({ action }) => action.type === 'takeEdition');
  assert.equal(editions.length, 1, 'and takes the new edition of the rules once');
});

test('a round that was open when it was updated is played to its end', async (t) => {
  const store = recorded(t);
  const action = { type: 'openRound' } as const;
  const { state, events } = apply(replayed(store.show).state, action, content);
  store.show.record({ action, state, hash: null, events, planned: [], answer: null, atMs: Date.now() });
  const show = goOn(store);
  assert.ok(show.state.roundOpen);
  show.start('p');
  await show.run(AbortSignal.timeout(60_000), 2);
  assert.equal(show.state.round, 34);
  assert.deepEqual(replayed(store.show).rounds, upTo(34));
});

test('what its rounds were without chaos is told across the update', async (t) => {
  const store = recorded(t);
  const chaosRounds = store.show.audits('chaos', 10).map(({ round }) => round);
  const show = goOn(store);
  show.start('p');
  await show.run(AbortSignal.timeout(60_000), 6);
  const { founding, entries } = store.show.recording();
  const calm = withoutChaos(founding, entries, content, 1);
  assert.deepEqual(
    calm.map(({ round }) => round),
    upTo(38),
  );
  const real = store.show.equityCurves(0);
  const same = calm.filter(({ round, standings }) =>
    standings.every(({ trader, equityCents }) =>
      real.some((it) => it.round === round && it.trader === trader && it.equityCents === equityCents),
    ),
  );
  const first = Math.min(...chaosRounds);
  assert.ok(first < 32 && upTo(first).every((round) => same.some((it) => it.round === round)));
  assert.ok(same.length < calm.length, 'chaos did make a difference');
});
