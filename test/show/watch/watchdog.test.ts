import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import type { Decision } from '#core/decision.ts';
import { FumbleError, type Brain, type Turn } from '#show/ports/brain.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import { setClock } from '#test/support/clock.ts';
import { content } from '#test/support/floor.ts';
import { silentLog, theatre, type Staging } from '#test/support/theatre.ts';

/** A brain whose turns are lively, but for what `dull` says of them. */
function brainThat(dull: (turn: Turn) => Partial<Decision>, label = 'dull'): Brain {
  return {
    label,
    think: async (turn) => {
      const { observation } = turn;
      const { round, rooms, trader } = observation;
      const decision: Decision = {
        thought: 'Hm.',
        trade: round % 2 === 0 ? 'Tech' : 'Hold',
        size: 'Small',
        speech: `${trader} speaks of ${round} now`,
        location: rooms[round % rooms.length]?.name ?? observation.roomName,
        ...dull(turn),
      };
      return { decision, raw: '', tokens: null, ms: 1 };
    },
    close: async () => {},
  };
}

const fumbling: Brain = {
  label: 'fumbling',
  think: () => Promise.reject(new FumbleError('engine_error', 'nothing came out')),
  close: async () => {},
};

const kinds = ({ show }: ReturnType<typeof theatre>): string[] =>
  show.status().symptoms.map(({ kind, trader }) => (trader === null ? kind : `${kind} ${trader}`));

/** Plays whole episodes until something is noticed, two at most; returns the rounds that it took from the first bell on. */
async function roundsUntilNoticed(
  t: TestContext,
  staging: Staging,
): Promise<{ rounds: number; seen: string[] }> {
  const playing = theatre(t, staging);
  for (let rounds = 1; rounds <= 54; rounds++) {
    await playing.play(1);
    if (kinds(playing).length > 0) return { rounds, seen: kinds(playing) };
  }
  return { rounds: Number.POSITIVE_INFINITY, seen: [] };
}

function warnings(): { log: Log; told: string[] } {
  const told: string[] = [];
  return {
    told,
    log: { ...silentLog, warn: (details, message) => told.push(`${message} ${JSON.stringify(details)}`) },
  };
}

suite('a show whose process lives and that nobody would watch', () => {
  const dead: Record<string, { brain: Brain; seen: string[] }> = {
    'nearly every turn is fumbled': { brain: fumbling, seen: ['fumbling'] },
    'nobody moves': {
      brain: brainThat((turn) => ({ location: turn.observation.roomName })),
      seen: ['motionless'],
    },
    'nobody speaks': { brain: brainThat(() => ({ speech: '...' })), seen: ['silent'] },
    'one line over and over': { brain: brainThat(() => ({ speech: 'Buy the dip!' })), seen: ['repeating'] },
    'one trader says one line over and over': {
      brain: brainThat(({ observation }) =>
        observation.trader === 'mike' ? { speech: 'Buy the dip!' } : {},
      ),
      seen: ['repeating mike'],
    },
    'everybody makes one trade': { brain: brainThat(() => ({ trade: 'Bonds' })), seen: ['same_trade'] },
  };
  for (const [what, { brain, seen }] of Object.entries(dead))
    test(`${what}: noticed within an episode`, async (t) => {
      const noticed = await roundsUntilNoticed(t, { brain });
      assert.deepEqual(noticed.seen, seen);
      assert.ok(noticed.rounds <= 24, `it took ${noticed.rounds} rounds`);
    });

  test('one trader who makes one trade for a hundred turns is noticed, and before that is a character', async (t) => {
    const playing = theatre(t, {
      rules: { episodeRounds: 1_000 },
      brain: brainThat(({ observation }) => (observation.trader === 'sarah' ? { trade: 'Hold' } : {})),
    });
    await playing.play(99);
    assert.deepEqual(kinds(playing), []);
    await playing.play(5);
    assert.deepEqual(kinds(playing), ['same_trade sarah']);
  });

  test('in a show of short episodes it does not take longer than one of them', async (t) => {
    const playing = theatre(t, {
      rules: { episodeRounds: 4 },
      brain: brainThat((turn) => ({ location: turn.observation.roomName })),
    });
    await playing.play(6);
    assert.deepEqual(kinds(playing), ['motionless']);
  });

  test('a show that is killed again and again is judged as one that is not', async (t) => {
    let playing = theatre(t, { onDisk: true, brain: brainThat(() => ({ speech: '' })) });
    for (let start = 0; start < 7; start++) {
      await playing.play(1);
      playing = playing.restart();
    }
    assert.deepEqual(kinds(playing), ['silent']);
  });

  test('the shipped script is well, and each trouble is told once when it begins', async (t) => {
    const { log, told } = warnings();
    const well = theatre(t, { log });
    await well.play(60);
    assert.deepEqual(kinds(well), []);
    assert.equal(told.length, 0);
    const silent = theatre(t, { log, brain: brainThat(() => ({ speech: '' })) });
    await silent.play(30);
    assert.equal(told.filter((line) => line.includes('there is little to see')).length, 1);
  });

  test('a paused show is not dead, and lines that nothing shows are noticed at a pace', async (t) => {
    const clock = setClock('2026-03-02T12:00:00Z');
    const playing = theatre(t, { clock, paceMs: 3_000, started: false });
    playing.show.start('console');
    const over = new AbortController();
    const run = playing.show.run(over.signal);
    for (let round = 0; round < 9; round++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      clock.advance(3_000);
    }
    assert.deepEqual(kinds(playing), ['unseen']);
    playing.show.pause('console');
    assert.deepEqual(kinds(playing), []);
    over.abort();
    await run;
  });

  test('a turn that never ends is noticed by the minute, and told', async (t) => {
    const { log, told } = warnings();
    const set = setClock('2026-03-02T12:00:00Z');
    // What should end the turn in time is stuck as well.
    const clock: Clock = { nowMs: () => set.nowMs(), sleep: () => new Promise(() => {}) };
    const brain: Brain = { ...fumbling, think: () => new Promise(() => {}) };
    const playing = theatre(t, { clock, log, brain, turnLimitMs: 60_000 });
    const over = new AbortController();
    const run = playing.show.run(over.signal, 1);
    set.advance(119_000);
    playing.show.minuteTick();
    assert.deepEqual(kinds(playing), []);
    set.advance(60_000);
    playing.show.minuteTick();
    assert.deepEqual(kinds(playing), ['stalled']);
    assert.equal(told.length, 1);
    over.abort();
    await run;
  });
});

suite('another brain plays on where one leaves nothing to see', () => {
  const lively = brainThat(() => ({ thought: 'lively' }), 'lively');
  const thoughts = (playing: ReturnType<typeof theatre>, trader: string, limit: number): string[] =>
    playing.store.show.turns(trader, limit).map(({ decision }) => decision.thought);

  test('for everybody, until the closing bell; a brain that is no better waits for two of them, and is told of', async (t) => {
    const { log, told } = warnings();
    const playing = theatre(t, { brain: fumbling, standIn: lively, log, rules: { episodeRounds: 8 } });
    // The first scene is written, so it is not fumbled.
    await playing.play(6);
    assert.equal(playing.show.status().brain, 'lively, in place of fumbling');
    assert.equal(playing.show.status().bellsUntilLead, 1);
    await playing.play(4);
    assert.deepEqual(
      thoughts(playing, 'mike', 4),
      Array.from({ length: 4 }, () => 'lively'),
    );
    assert.deepEqual(kinds(playing), []);
    while (playing.show.status().bellsUntilLead !== null) await playing.play(1);
    assert.equal(playing.show.status().brain, 'fumbling');
    await playing.play(3);
    assert.equal(playing.show.status().bellsUntilLead, 2);
    const reliefs = told.filter((line) => line.includes('the lively brain plays'));
    assert.deepEqual(
      reliefs.map((line) => line.slice(0, line.indexOf(' {'))),
      [
        'the lively brain plays in its place until the closing bell',
        'the lively brain plays in its place until 2 closing bells have rung',
      ],
    );
    assert.match(reliefs[0] ?? '', /"why":"fumbling"/u);
  });

  test('for one trader who is stuck, while the brain plays the others', async (t) => {
    const stuck = brainThat(({ observation }) => (observation.trader === 'alex' ? { speech: 'Moon!' } : {}));
    const playing = theatre(t, { brain: stuck, standIn: lively });
    await playing.play(8);
    assert.equal(playing.show.status().brain, 'dull, lively for alex');
    assert.deepEqual(thoughts(playing, 'alex', 2), ['lively', 'lively']);
    assert.deepEqual(thoughts(playing, 'mike', 2), ['Hm.', 'Hm.']);
  });

  test('it is not called for by what another brain cannot mend, nor where there is no other', async (t) => {
    const alone = theatre(t, { brain: fumbling });
    await alone.play(10);
    assert.equal(alone.show.status().brain, 'fumbling');
    assert.equal(alone.show.status().bellsUntilLead, null);
    assert.deepEqual(kinds(alone), ['fumbling']);
  });

  test('who plays in place of the brain also looks back on the episode', async (t) => {
    const standIn = createScriptedBrain({ cast: content.cast, seed: 1 });
    const asked: string[] = [];
    const brain: Brain = {
      ...fumbling,
      think: (turn, signal) => {
        if (turn.aside) asked.push(turn.id);
        return fumbling.think(turn, signal);
      },
    };
    const { show, play } = theatre(t, {
      brain,
      standIn,
      rules: { intermissionRounds: 1, episodeRounds: 24 },
    });
    await play(1 + 24);
    assert.deepEqual(asked, [], 'the brain that fails is not asked');
    assert.ok(Object.keys(show.hand.recap(1)?.looksBack ?? {}).length > 0);
  });
});
