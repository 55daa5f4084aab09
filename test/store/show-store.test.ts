import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { openStore } from '#store/store.ts';
import { dueRows } from '#test/support/outbox.ts';
import { hashOf, LittleShow, replay, SECOND, scratch } from './little-show.ts';

test('a show is found again after a restart, round for round', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const first = openStore(file);
  assert.equal(first.show.load(), null);
  const before = LittleShow.found(first.show);
  before.playRounds(9);
  first.close();

  const second = openStore(file);
  t.after(() => second.close());
  assert.deepEqual(LittleShow.resume(second.show).state, before.state);
  assert.deepEqual(second.show.counts(), { rounds: 9, turns: 18, fumbles: 3 });
  const stored = second.show.roundHashes();
  assert.deepEqual(
    stored.map(({ round }) => round),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  assert.deepEqual(new Map(stored.map(({ round, hash }) => [round, hash])), replay(second.show).hashes);
});

test('a show that stops in the middle of a round goes on there', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const first = openStore(file);
  const before = LittleShow.found(first.show);
  before.playRounds(2);
  before.act({ type: 'strikeChaos', text: 'The vault was empty all along' });
  before.act({ type: 'openRound' });
  before.act({ type: 'takeTurn', trader: 'sarah', decision: null, fumble: 'invalid' });
  first.close();

  const second = openStore(file);
  t.after(() => second.close());
  const resumed = LittleShow.resume(second.show);
  assert.equal(resumed.state.roundOpen, true);
  assert.deepEqual(resumed.state, before.state);
  resumed.playRound();
  assert.equal(hashOf(replay(second.show).state), second.show.roundHashes().at(-1)?.hash);
});

test('a turn is remembered with its thought, newest first', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(3);
  const turn = store.show.turn('alex', 2);
  assert.equal(turn?.decision.thought, 'Nobody must know that I am guessing.');
  assert.equal(turn.decision.trade, 'Bonds');
  assert.deepEqual(JSON.parse(turn.raw), turn.decision);
  assert.equal(turn.ms, 812);
  assert.equal(turn.fumble, null);
  const fumbled = store.show.turn('sarah', 3);
  assert.equal(fumbled?.fumble, 'timeout');
  assert.equal(fumbled.raw, '');
  assert.equal(store.show.turn('alex', 4), null);
  assert.deepEqual(
    store.show.turns('alex', 2).map(({ round }) => round),
    [3, 2],
  );
  // After the closing bell the market is shut: the trade was refused, and that is stored too.
  show.playRounds(5);
  assert.deepEqual(store.show.turn('alex', 8)?.refusals, ['market_shut']);
});

test('the curves hold what every trader had at each close', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(5);
  const curves = store.show.equityCurves(4);
  assert.deepEqual(
    curves.map(({ round, trader }) => [round, trader]),
    [
      [4, 'alex'],
      [4, 'sarah'],
      [5, 'alex'],
      [5, 'sarah'],
    ],
  );
  assert.deepEqual(store.show.equityCurves(4, 4), curves.slice(0, 2));
  assert.ok(curves.every(({ equityCents }) => Number.isSafeInteger(equityCents) && equityCents > 0));
});

test('an episode knows its rounds, a season its episodes', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  LittleShow.found(store.show).playRounds(20);
  const rounds = store.show.rounds(0).filter(({ season, phase }) => season === 1 && phase === 'episode');
  const spans = [...Map.groupBy(rounds, ({ episode }) => episode)].map(([episode, own]) => ({
    episode,
    from: own[0]?.round,
    to: own.at(-1)?.round,
  }));
  assert.ok(spans.length > 1);
  assert.deepEqual(store.show.episodes(1), spans);
  assert.deepEqual(
    store.show.episodeSpan(1, 2),
    spans.find(({ episode }) => episode === 2),
  );
  assert.equal(store.show.episodeSpan(1, 99), null);
  assert.equal(store.show.firstRoundOf(1), 1);
  assert.equal(store.show.firstRoundOf(99), null);
});

test('cash follows to the cent from the stored fills and charges', (t) => {
  const file = join(scratch(t), 'show.sqlite');
  const store = openStore(file);
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(6);
  const reader = new Database(file, { readonly: true });
  t.after(() => reader.close());
  const moved = reader
    .prepare<[string, string], number>(
      `SELECT (SELECT coalesce(sum(-notional_cents - fee_cents), 0) FROM fills WHERE trader = ?)
            + (SELECT coalesce(sum(amount_cents), 0) FROM charges WHERE trader = ?)`,
    )
    .pluck();
  for (const trader of Object.values(show.state.traders)) {
    const cashCents = show.state.rules.startCashCents + (moved.get(trader.id, trader.id) ?? 0);
    assert.equal(cashCents, trader.book.cashCents, trader.id);
  }
  assert.ok(reader.prepare<[], number>('SELECT count(*) FROM fills').pluck().get());
});

test('what an action planned is stored with it or not at all', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.act({ type: 'openRound' });
  const pending = store.outbox.pending();
  const cents = 0.5;
  assert.throws(
    () =>
      store.show.record({
        action: { type: 'closeRound' },
        state: { ...show.state, roundOpen: false },
        hash: 'hash',
        events: [
          {
            type: 'roundClosed',
            round: 1,
            phase: 'episode',
            standings: [{ trader: 'alex', equityCents: cents, episodeGainCents: 0 }],
          },
        ],
        planned: [{ place: 'pit', post: { kind: 'poolOpened', poolId: 'p' }, afterMs: 0 }],
        answer: null,
        atMs: 5 * SECOND,
      }),
    { name: 'StoreError', code: 'refused' },
  );
  assert.equal(store.outbox.pending(), pending);
  assert.equal(store.show.load()?.actions.length, 1);
  assert.deepEqual(store.show.roundHashes(), []);
});

test('several parts store all together or none', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  assert.throws(
    () =>
      store.show.atomically(() => {
        show.act({ type: 'openRound' });
        store.keyValues.set('message', '1');
        throw new Error('the bell cracked');
      }),
    /the bell cracked/,
  );
  assert.deepEqual(store.show.load()?.actions, []);
  assert.equal(store.keyValues.get('message'), null);
  assert.throws(() => store.show.atomically(async () => {}), /cannot return a promise/);
});

test('a replay reads on while the show writes', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(2);
  let read = 0;
  for (const entry of store.show.recording().entries) {
    read += 1;
    if (entry.seq === 1) show.act({ type: 'strikeChaos', text: null });
  }
  assert.equal(read, 2 * 4);
  assert.equal(store.show.load()?.actions.length, 1);
});

test('a show that goes on with other content is founded anew where it stands', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(3);
  store.show.found(show.state, 'content-2', show.nowMs);
  show.playRounds(2);
  const { founding, contentHash } = store.show.recording();
  assert.equal(founding.round, 3);
  assert.equal(contentHash, 'content-2');
  assert.deepEqual([...replay(store.show).hashes.keys()], [4, 5]);
  assert.equal(hashOf(replay(store.show).state), hashOf(show.state));
  assert.throws(() => LittleShow.found(store.show), /already holds a show at round 5/);
});

test('old rounds are forgotten, and what is left still replays and adds up', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(150);
  for (const row of dueRows(store.outbox, Infinity, 10_000)) store.outbox.sent([row.id], `m${row.id}`);
  const totals = store.outbox.counts();

  const pruned = store.prune({ keepRounds: 20 });
  assert.equal(pruned.foundedAtRound, 128);
  assert.equal(pruned.turns, 2 * 130);
  assert.ok(pruned.posts > 0 && pruned.actions >= 4 * 128);

  assert.equal(store.show.turn('alex', 130), null);
  assert.equal(store.show.turn('alex', 131)?.round, 131);
  assert.deepEqual(store.show.counts(), { rounds: 150, turns: 300, fumbles: 50 });
  assert.deepEqual(store.outbox.counts(), totals);
  assert.equal(store.show.roundHashes().length, 150);
  const { hashes, state } = replay(store.show);
  assert.deepEqual(
    [...hashes.keys()],
    Array.from({ length: 22 }, (_, i) => 129 + i),
  );
  for (const { round, hash } of store.show.roundHashes().slice(128)) assert.equal(hashes.get(round), hash);
  assert.deepEqual(state, show.state);

  assert.deepEqual(store.prune({ keepRounds: 20 }), { foundedAtRound: null, actions: 0, turns: 0, posts: 0 });
  show.playRounds(1);
  assert.deepEqual(LittleShow.resume(store.show).state, show.state);
});

test('a post that was never shown survives housekeeping', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(10);
  const waiting = store.outbox.pending();
  store.prune({ keepRounds: 1 });
  assert.equal(store.outbox.pending(), waiting);
  assert.throws(() => store.prune({ keepRounds: 0 }), /positive whole number/);
});

test('who did what is kept by kind, newest first', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const chaos = { atMs: 5, round: 2, by: '123', what: 'chaos' as const, detail: 'Boom' };
  store.show.audit({ ...chaos, atMs: 1, detail: null });
  store.show.audit({ atMs: 2, round: 2, by: 'console', what: 'pause', detail: null });
  store.show.audit(chaos);
  assert.deepEqual(store.show.audits('chaos', 5), [chaos, { ...chaos, atMs: 1, detail: null }]);
  assert.equal(store.show.audits('chaos', 1).length, 1);
});
