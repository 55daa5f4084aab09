import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { relay, type Players } from '#test/bench/soak/relay.ts';
import { faultsOf, notJudged, STRETCH_ROUNDS, type Round } from '#test/bench/soak/verdict.ts';
import { launch } from '#test/support/process.ts';

const MB = 1024 * 1024;
const ROUNDS = 5 * STRETCH_ROUNDS;

/** Rounds of three players, in each of which what `more` says is otherwise. */
function played(
  more: (round: number, ofPlayer: number) => Partial<Round> = () => ({}),
  rounds = ROUNDS,
): Round[] {
  const each = Math.ceil(ROUNDS / 3);
  const flat = { turns: 4, fumbles: 0, broken: 0, passes: 50, rssBytes: 350 * MB };
  return Array.from({ length: rounds }, (_, round) => ({
    ...flat,
    player: Math.floor(round / each) + 1,
    ...more(round, round % each),
  }));
}

test('a soak that is at the end as it was at first has no fault', () => {
  const warmsUp = played((round, ofPlayer) => ({
    rssBytes: (ofPlayer < 5 ? 200 : 350 + (round % 7)) * MB,
    passes: round < STRETCH_ROUNDS ? 53 : 50,
  }));
  assert.deepEqual([faultsOf(warmsUp), notJudged(warmsUp)], [[], []]);
});

test('memory that grows with time is a fault, although a kill frees it', () => {
  const leaks = played((_, ofPlayer) => ({ rssBytes: (350 + 3 * ofPlayer) * MB }));
  assert.deepEqual(faultsOf(leaks), ['memory grew from 386 MB to 467 MB: more than 20 %']);
  const later = played((round) => ({ rssBytes: (round < 100 ? 350 : 700) * MB }));
  assert.deepEqual(faultsOf(later), ['memory grew from 350 MB to 700 MB: more than 20 %']);
});

test('passes a turn that grow from the first stretch to the last are a fault', () => {
  const slower = played((round) => ({ passes: 50 + round }));
  assert.deepEqual(faultsOf(slower), ['passes a turn grew from 15.50 to 40.50: more than 10 %']);
});

test('turns that were fumbled and answers that are no decision are told by their number', () => {
  const failing = played((round) => ({ fumbles: round === 3 ? 2 : 0, broken: round > 120 ? 1 : 0 }));
  assert.deepEqual(faultsOf(failing), ['2 of 500 turns were fumbled', '4 of 500 answers were no decision']);
});

test('a soak that is too short to tell what grows says so, instead of finding it flat', () => {
  const short = played(() => ({}), 15);
  assert.deepEqual(faultsOf(short), []);
  assert.equal(notJudged(short).length, 2);
});

test('a soak that played nothing has not passed', () => {
  assert.deepEqual(faultsOf([]), ['nothing was played']);
});

test('turns and kills that are no numbers, and kills for which there is no round, are refused', async (t) => {
  for (const [args, says] of [
    [['--turns', 'x'], /^flag --turns: a whole number from 1 up, not "x"\nnpm run bench:soak /],
    [['--kills', 'two'], /^flag --kills: a whole number from 0 up, not "two"\n/],
    [['--threads', '0'], /^flag --threads: a whole number from 1 up, not "0"\n/],
    [['--turns', '8'], /^flag --kills: fewer than rounds, and 8 turns are 2 of those, not "2"\n/],
  ] as const) {
    const mistaken = launch(t, path.join(import.meta.dirname, 'soak.ts'), [...args], {});
    assert.equal((await mistaken.ended).code, 2, mistaken.out);
    assert.match(mistaken.err, says);
  }
});

/** Players who say what they did. */
function troupe(killed: () => void = () => {}): { did: string[]; players: Players<number, number> } {
  const did: string[] = [];
  let started = 0;
  return {
    did,
    players: {
      start: async () => {
        started += 1;
        did.push(`start ${started}`);
        return started;
      },
      play: async (player, round) => {
        did.push(`${player} plays ${round}`);
        return round;
      },
      kill: async (player) => {
        did.push(`kill ${player}`);
        killed();
      },
    },
  };
}

test('after a planned kill the next player goes on where the last one was', async () => {
  const { did, players } = troupe();
  await relay(players, { rounds: 3, killAfter: new Set([1]), isStopped: () => false });
  assert.deepEqual(did, ['start 1', '1 plays 0', '1 plays 1', 'kill 1', 'start 2', '2 plays 2']);
});

test('a soak that is stopped while a planned kill is awaited starts nobody any more', async () => {
  let stopped = false;
  const { did, players } = troupe(() => {
    stopped = true;
  });
  const rounds = await relay(players, { rounds: 9, killAfter: new Set([1]), isStopped: () => stopped });
  assert.deepEqual(rounds, [0, 1]);
  assert.deepEqual(did, ['start 1', '1 plays 0', '1 plays 1', 'kill 1']);
});
