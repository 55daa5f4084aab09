import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { Observation } from '#core/observation.ts';
import type { Brain } from '#show/ports/brain.ts';
import { holdAndStay } from '#test/support/floor.ts';
import { theatre, type Theatre } from '#test/support/theatre.ts';

/** A floor on which nobody does anything, and Alice thinks until she is let go. */
interface Floor extends Theatre {
  /** What she was shown, turn by turn. */
  shown: Observation[];
  /** Plays a round; `meanwhile` happens while Alice thinks. */
  playWith: (meanwhile: () => void) => Promise<void>;
  /** From now on she fails instead of deciding. */
  fails: boolean;
}

const rules = { intermissionRounds: 1, episodeRounds: 3 };

async function floor(t: TestContext): Promise<Floor> {
  const shown: Observation[] = [];
  let whileThinking = (): void => {};
  const brain: Brain = {
    label: 'slow Alice',
    async think({ observation }) {
      if (observation.trader === 'alice') {
        shown.push(observation);
        await Promise.resolve();
        whileThinking();
        if (stage.fails) throw new Error('she lost the thread');
      }
      return { decision: holdAndStay(observation), raw: '', tokens: null, ms: 0 };
    },
    async close() {},
  };
  const { play, ...rest } = theatre(t, { rules, brain });
  const playWith = async (meanwhile: () => void): Promise<void> => {
    whileThinking = meanwhile;
    await play(1);
    whileThinking = () => {};
  };
  const stage: Floor = { ...rest, play, shown, playWith, fails: false };
  await play(1);
  return stage;
}

suite('what happens while a trader thinks', { concurrency: 4 }, () => {
  test('a tip waits for the next turn, and is not paid for before it is heard', async (t) => {
    const { show, shown, play, playWith } = await floor(t);
    await playWith(() => assert.ok(show.hand.whisper('Ann', 'alice', 'Buy Crypto').ok));
    assert.equal(shown.at(-1)?.phone, undefined);
    assert.equal(show.hand.whisperOf('Ann')?.status, 'waiting');
    assert.equal(show.audience.books().jackpot, 0);
    await play(1);
    assert.equal(shown.at(-1)?.phone?.text, 'Buy Crypto');
    assert.equal(show.hand.whisperOf('Ann')?.status, 'heard');
    assert.equal(show.audience.books().jackpot, 100);
  });

  test('the tip that the brain was told is the one that was heard, and the one after it waits', async (t) => {
    const { show, shown, play, playWith } = await floor(t);
    assert.ok(show.hand.whisper('Ann', 'alice', 'Buy Crypto').ok);
    await playWith(() => assert.ok(show.hand.whisper('Ben', 'alice', 'Sell Tech').ok));
    assert.deepEqual(
      ['Ann', 'Ben'].map((member) => show.hand.whisperOf(member)?.status),
      ['heard', 'waiting'],
    );
    await play(1);
    assert.equal(shown.at(-1)?.phone?.text, 'Sell Tech');
  });

  test('while a tip is being heard, another may call for the turn after it, and nobody for one that there is not', async (t) => {
    const { show, shown, play, playWith } = await floor(t);
    await play(1);
    assert.ok(show.hand.whisper('Ann', 'alice', 'Buy Crypto').ok);
    const called: (boolean | string)[] = [];
    await playWith(() => {
      for (const member of ['Ben', 'Cem']) {
        const tip = show.hand.whisper(member, 'alice', 'Sell Tech');
        called.push(tip.ok || tip.code);
      }
    });
    assert.deepEqual(called, [true, 'line_is_busy']);
    await play(1);
    assert.equal(shown.at(-1)?.phone?.text, 'Sell Tech');
  });

  test('a trader that fumbles has not heard its tip, and is called again', async (t) => {
    const stage = await floor(t);
    const { show, shown, play } = stage;
    assert.ok(show.hand.whisper('Ann', 'alice', 'Buy Crypto').ok);
    stage.fails = true;
    await play(1);
    assert.equal(show.hand.whisperOf('Ann')?.status, 'waiting');
    stage.fails = false;
    await play(1);
    assert.equal(shown.at(-1)?.phone?.text, 'Buy Crypto');
    assert.equal(show.hand.whisperOf('Ann')?.status, 'heard');
  });

  test('in its last turn before the bell nobody can call any more', async (t) => {
    const { show, play, playWith } = await floor(t);
    await play(2);
    let code = 'heard';
    await playWith(() => {
      const tip = show.hand.whisper('Ann', 'alice', 'Buy Crypto');
      code = tip.ok ? 'heard' : tip.code;
    });
    assert.equal(code, 'line_is_busy');
    assert.equal(show.state.phase, 'intermission');
  });

  test('who sits in the chair sees what the brain was shown, and nothing that came later', async (t) => {
    const { show, shown, playWith } = await floor(t);
    await playWith(() => {
      assert.ok(show.hand.whisper('Ann', 'alice', 'Buy Crypto').ok);
      assert.ok(show.controlRoom.callHeadline('console', 'Robots learn to sell').ok);
    });
    const offer = show.hand.chair.offer('Ben', 'alice');
    assert.ok(offer.ok);
    assert.deepEqual(offer.value.observation, shown.at(-1));
  });
});
