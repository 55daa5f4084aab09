import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { APIMessage } from 'discord.js';
import type { Viewer } from '#backlot/viewer.ts';
import { ELO_START } from '#show/hand/elo.ts';
import type { Decision } from '#core/decision.ts';
import type { Brain } from '#show/ports/brain.ts';
import { customIds } from '#stage/presentation/buttons.ts';
import { everyLine, pressInPlace } from '#test/commands/kit.ts';
import { setClock, type SetClock } from '#test/support/clock.ts';
import { eventually, openRig, type Rig } from './rig.ts';

const PACE_MS = 60_000;

/** All praise Crypto in the third round, but only Alice buys it. */
const twoFaced: Brain = {
  label: 'two-faced',
  async think({ observation }) {
    const { trader, round, roomName } = observation;
    const decision: Decision = {
      thought: 'Nobody knows.',
      trade: round === 3 && trader === 'alice' ? 'Crypto' : 'Hold',
      size: 'Small',
      speech: round === 3 ? 'I buy Crypto, all of it!' : 'Lovely weather.',
      location: roomName,
    };
    return { decision, raw: '', tokens: null, ms: 0 };
  },
  async close() {},
};

interface PacedRig extends Rig {
  clock: SetClock;
  /** Plays a round, and shows all of it. */
  round: () => Promise<void>;
}

/** In the third round everybody has spoken, and the tape has not told yet. */
async function rigAtRound3(t: Parameters<typeof openRig>[0]): Promise<PacedRig> {
  const clock = setClock(new Date().toISOString());
  const rules = { intermissionRounds: 1, episodeRounds: 3 };
  const rig = await openRig(t, { clock, staging: { rules, brain: twoFaced, paceMs: PACE_MS } });
  const play = () => rig.show.playRound(AbortSignal.timeout(20_000));
  const round = async (): Promise<void> => {
    await play();
    clock.advance(PACE_MS);
    await rig.shown();
  };
  await round();
  await round();
  await play();
  clock.advance(0.9 * PACE_MS);
  const ann = rig.backlot.viewer('Ann');
  for (const trader of ['alice', 'mike'])
    await eventually(`the line of ${trader}`, () => lineOf(rig, ann, trader) !== undefined);
  return { ...rig, clock, round };
}

/** The trader's line of the third round, with its button. */
function lineOf({ show }: Rig, viewer: Viewer, trader: string): APIMessage | undefined {
  return show.content.office.rooms
    .flatMap(({ channel }) => viewer.readChannel(channel))
    .find((message) => customIds(message).some(({ argument }) => argument === `${trader}/3`));
}

/** Presses "Bluff?" under the trader's line. */
async function ask(rig: Rig, viewer: Viewer, trader: string): Promise<APIMessage> {
  const line = lineOf(rig, viewer, trader);
  assert.ok(line, `a button under the line of ${trader}`);
  assert.equal(line.content, 'I buy Crypto, all of it!');
  return (await viewer.press(line, `v1:bluff:${trader}/3`)).message();
}

/** Presses it, and one of the two answers. */
async function guess(rig: Rig, viewer: Viewer, trader: string, answer: string): Promise<string> {
  return (await pressInPlace(viewer, await ask(rig, viewer, trader), answer)).content;
}

suite('bluffs', { concurrency: 3 }, () => {
  test('whoever sees through a trader takes its points, once a line, and the board tells', async (t) => {
    const rig = await rigAtRound3(t);
    const { backlot, show, theatre } = rig;
    const [ann, ben] = ['Ann', 'Ben'].map((name) => backlot.viewer(name));
    assert.ok(ann && ben);
    assert.match(await guess(rig, ann, 'alice', '🤝 Means it'), /Alice: \*\*🤝 Means it/u);
    assert.match(await guess(rig, ann, 'mike', '🃏 Bluffs'), /tape tells/u);
    assert.match(await guess(rig, ben, 'mike', '🤝 Means it'), /tape tells/u);
    const again = show.hand.bluffs.call(ann.id, 'mike', 3, true);
    assert.equal(again.ok ? '' : again.code, 'called_already');
    await rig.round();
    const { hand } = theatre.store;
    const [best, worst] = show.hand.bluffs.ranking(10);
    assert.deepEqual([best?.who, best?.right, best?.wrong], [ann.id, 2, 0]);
    assert.deepEqual([worst?.who, worst?.right, worst?.wrong], [ben.id, 0, 1]);
    const traders = ['alice', 'mike'].map((who) => hand.rating(1, 'trader', who));
    const all = [best, worst, ...traders].map((rating) => rating?.elo ?? 0);
    assert.equal(
      all.reduce((sum, elo) => sum + elo, 0),
      4 * ELO_START,
      'what one wins, the other loses',
    );
    const late = show.hand.bluffs.call(ben.id, 'alice', 3, true);
    assert.equal(late.ok ? '' : late.code, 'round_is_over');
    const board = await ann.ask('the-gallery', 'leaderboard', { board: 'bluff' });
    assert.match(
      everyLine(board),
      new RegExp(`1\\.\\*\\* <@${ann.id}> 1,0\\d\\d · \\+2 points · 2 of 2`, 'u'),
    );
    const card = await ann.untilMessage('the-floor', (message) =>
      everyLine(message).includes("audience's hand"),
    );
    assert.match(everyLine(card), /3 guesses at a bluff, 2 right/u);
    assert.ok(show.forget(ann.id).ok);
    assert.equal(show.hand.bluffs.ranking(10).length, 1);
  });

  for (const question of ['floor', 'leaderboard'])
    test(`/${question} shows what everybody traded, and whoever asks guesses no more`, async (t) => {
      const { backlot, show } = await rigAtRound3(t);
      const ann = backlot.viewer('Ann');
      await ann.ask('the-gallery', question);
      const known = show.hand.bluffs.call(ann.id, 'mike', 3, false);
      assert.equal(known.ok ? '' : known.code, 'you_know');
    });

  test('whoever has looked it up guesses no more, and a line that promises nothing has no button', async (t) => {
    const rig = await rigAtRound3(t);
    const { backlot, show } = rig;
    const ann = backlot.viewer('Ann');
    await ann.ask('the-gallery', 'confess', { trader: 'mike' });
    const known = show.hand.bluffs.call(ann.id, 'mike', 3, false);
    assert.equal(known.ok ? '' : known.code, 'you_know');
    assert.ok(show.hand.bluffs.call(ann.id, 'alice', 3, false).ok);
    await rig.round();
    const nothing = show.hand.bluffs.call(ann.id, 'mike', 4, false);
    assert.equal(nothing.ok ? '' : nothing.code, 'no_such_line');
    const chatter = show.content.office.rooms
      .flatMap(({ channel }) => ann.readChannel(channel))
      .filter(({ content }) => content === 'Lovely weather.');
    assert.ok(chatter.length > 0);
    assert.ok(chatter.every((message) => customIds(message).length === 0));
  });

  test('a line that the tape has told of is asked about no more, whichever button is pressed: it may be guessed ahead', async (t) => {
    const rig = await rigAtRound3(t);
    const [ann, ben] = ['Ann', 'Ben'].map((name) => rig.backlot.viewer(name));
    assert.ok(ann && ben);
    const asked = await ask(rig, ann, 'mike');
    assert.match(await guess(rig, ben, 'alice', '🃏 Bluffs'), /tape tells/u);
    rig.clock.advance(0.1 * PACE_MS);
    await rig.shown();
    const late = await pressInPlace(ann, asked, '🃏 Bluffs');
    assert.match(late.content, /the tape has told.* guess ahead: will Mike mean the next promise/u);
    assert.match(
      (await pressInPlace(ann, late, '🃏 Bluffs')).content,
      /^Mike, next promise: \*\*🃏 Bluffs\*\*/u,
    );
    assert.equal(rig.show.hand.bluffs.openCallOf(ann.id, 'mike')?.means, false);
    const again = await ask(rig, ann, 'mike');
    assert.match(again.content, /^Mike, next promise: \*\*🃏 Bluffs\*\*/u, 'one at a time');
    assert.deepEqual(customIds(again), []);
    assert.match((await ask(rig, ben, 'alice')).content, /Alice: \*\*🃏 Bluffs/u, 'a guess stays to be seen');
  });
});
