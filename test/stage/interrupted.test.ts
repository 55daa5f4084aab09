import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Outbox, Planned } from '#show/ports/outbox.ts';
import { inHaste, openRig, openTestStage, eventually, type Rig } from './rig.ts';

const LINES = ['First', 'Second', 'Third'];

const headline = (text: string): Planned => ({
  place: 'tape',
  post: {
    kind: 'event',
    event: {
      type: 'headlineBroke',
      headline: { text, names: null, tone: 'flat', source: 'wire', round: 1 },
    },
  },
  afterMs: 0,
});

const spoken = (text: string): Planned => ({
  place: 'coffee-shop',
  post: {
    kind: 'event',
    event: { type: 'spoke', round: 1, trader: 'alex', room: 'coffee-shop', text, heardBy: ['alex'] },
  },
  afterMs: 0,
});

/** How often each of the lines is on the tape. */
const timesShown = (rig: Rig): number[] => {
  const tape = rig.backlot
    .viewer('Ann')
    .readChannel('the-tape')
    .flatMap(({ content }) => content.split('\n'));
  return LINES.map((line) => tape.filter((shown) => shown.includes(line)).length);
};

/** All marks that the stage stores about its messages; the process is killed before or after one of them. */
const MARKS = ['sending', 'failed', 'sent', 'folded'] as const satisfies readonly (keyof Outbox)[];

/**
 * Stores nothing from the given mark of the tape's message on, as if the process were killed there. Returns how many of its marks
 * there were.
 */
function killAt(outbox: Outbox, nth: number, when: 'before' | 'after'): () => number {
  const lines = new Set(outbox.waiting('tape', 100).map(({ id }) => id));
  let marks = 0;
  for (const name of MARKS) {
    const real = outbox[name] as (ids: readonly number[], ...more: unknown[]) => void;
    Object.assign(outbox, {
      [name]: (ids: readonly number[], ...more: unknown[]) => {
        const killed = marks >= nth;
        if (ids.some((id) => lines.has(id))) marks += 1;
        if (!killed && (marks < nth || when === 'after')) real(ids, ...more);
        if (marks >= nth) throw new Error('the process was killed');
      },
    });
  }
  return () => marks;
}

async function restart(rig: Rig): Promise<void> {
  await rig.stage.close();
  rig.theatre = rig.theatre.restart();
  rig.show = rig.theatre.show;
  rig.stage = await openTestStage(rig.backlot);
  await rig.stage.attach(rig.backlot.guildId, rig.show);
  await rig.shown();
}

const TAPE_POSTS = { method: 'POST', route: '/channels/:channelId/messages' };

suite('a process that is killed while it posts lines in one message', { concurrency: 4 }, () => {
  for (const nth of [1, 2]) {
    for (const when of ['before', 'after'] as const) {
      const mark = nth === 1 ? 'as being sent' : 'as sent';
      test(`${when} the lines are marked ${mark} shows each of them once after a restart`, async (t) => {
        const rig = await openRig(t, inHaste({ onDisk: true, started: false }));
        rig.theatre.store.show.post(LINES.map(headline), 0, 0);
        const marks = killAt(rig.show.outbox, nth, when);
        rig.show.start('console');
        await eventually('the kill', () => marks() >= nth);
        await restart(rig);
        assert.deepEqual(timesShown(rig), [1, 1, 1]);
        assert.equal(rig.show.outbox.pending(), 0);
      });
    }
  }

  for (const [what, fault] of Object.entries({
    'before the request arrives': { drop: true },
    'before its answer arrives': { drop: true, afterEffect: true },
    'while the answer is on its way': { delayMs: 1_500, afterEffect: true },
  })) {
    test(`${what} shows each of them once after a restart, whatever comes due meanwhile`, async (t) => {
      const rig = await openRig(t, inHaste({ onDisk: true, started: false }));
      // discord.js asks again by itself.
      const refused = rig.backlot.misbehave({ match: TAPE_POSTS, times: 4, ...fault });
      rig.theatre.store.show.post(LINES.map(headline), 0, 0);
      rig.show.start('console');
      await eventually('the request', () => refused.hits > 0);
      await rig.stage.close();
      refused.stop();
      // Discord remembers a nonce only for some minutes.
      rig.show.keyValues.delete('nonce-salt');
      rig.theatre.store.show.post([headline('Fourth')], 0, 0);
      await restart(rig);
      assert.deepEqual(timesShown(rig), [1, 1, 1]);
    });
  }

  test('the lines are not lost when their outcome cannot be stored for a while', async (t) => {
    const rig = await openRig(t, inHaste({ started: false }));
    const { outbox } = rig.show;
    const real = { ...outbox };
    let refused = 0;
    outbox.sent = (...args) => {
      refused += 1;
      if (refused <= 2) throw new Error('No room to write; nothing was stored.');
      real.sent(...args);
    };
    rig.theatre.store.show.post(LINES.map(headline), 0, 0);
    rig.show.start('console');
    await rig.shown();
    assert.ok(refused > 2);
    assert.deepEqual(timesShown(rig), [1, 1, 1]);
    assert.equal(outbox.pending(), 0);
  });

  test('a line that waits for Discord as the show closes is not said after the show was opened anew', async (t) => {
    const rig = await openRig(t, inHaste({ started: false }));
    const limited = rig.backlot.misbehave({
      match: { method: 'POST', route: '/webhooks/:webhookId/:webhookToken' },
      status: 429,
      scope: 'shared',
      retryAfterMs: 1_500,
    });
    rig.theatre.store.show.post([spoken('Mark my words.')], 0, 0);
    rig.show.start('console');
    await eventually('the request', () => limited.hits === 1);
    await rig.reopen();
    await rig.shown();
    // discord.js would send the first request again by then.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const said = rig.backlot.viewer('Ann').readChannel('coffee-shop');
    assert.deepEqual(
      said.map(({ content }) => content).filter((content) => content === 'Mark my words.'),
      ['Mark my words.'],
    );
    const aboutIt = rig.logged.filter(({ message }) => /given up|could not be shown/.test(message));
    assert.deepEqual(
      aboutIt.map(({ level, message }) => `${level}: ${message}`),
      ['info: a post was given up as the show closed'],
    );
  });
});
