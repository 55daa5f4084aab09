import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { APIMessage } from 'discord.js';
import type { Viewer } from '#backlot/viewer.ts';
import type { Decision } from '#core/decision.ts';
import { setQuietHours } from '#show/schedule/quiet-hours.ts';
import type { Clock } from '#show/ports/clock.ts';
import type { Brain } from '#show/ports/brain.ts';
import { layoutWords } from '#stage/presentation/message.ts';
import { everyLine } from '#test/commands/kit.ts';
import { restlessClock } from '#test/support/clock.ts';
import { dueRows } from '#test/support/outbox.ts';
import { eventually, openRig, type Rig } from './rig.ts';

/** Everybody holds, but for Alex in the first round of the first episode. */
const still: Brain = {
  label: 'still',
  async think({ observation }) {
    const { trader, round, roomName } = observation;
    const decision: Decision = {
      thought: '',
      trade: trader === 'alex' && round === 3 ? 'Bonds' : 'Hold',
      size: 'AllIn',
      speech: '',
      location: roomName,
    };
    return { decision, raw: '', tokens: null, ms: 0 };
  },
  async close() {},
};

/** At the first intermission. Where little loss ruins, Alex is bankrupt, whose deal cost a large fee. */
async function intermission(
  t: Parameters<typeof openRig>[0],
  bankruptBps: number,
  clock?: Clock,
): Promise<{ rig: Rig; ballot: APIMessage; members: [Viewer, Viewer, Viewer] }> {
  const rules = { intermissionRounds: 2, episodeRounds: 2, deskRentCents: 0, feeBps: 500, bankruptBps };
  const rig = await openRig(t, { staging: { rules, brain: still }, ...(clock && { clock }) });
  await rig.play(4);
  assert.equal(rig.show.state.phase, 'intermission');
  const ann = rig.backlot.viewer('Ann');
  const ballot = await ann.untilMessage('betting-window', (message) =>
    everyLine(message).includes('You decide, before episode 2'),
  );
  return { rig, ballot, members: [ann, rig.backlot.viewer('Ben'), rig.backlot.viewer('Cleo')] };
}

const voted = async (viewer: Viewer, ballot: APIMessage, nth: number, answer: 0 | 1): Promise<string> =>
  (await (await viewer.press(ballot, `v1:vote:s1e2/${nth}/${answer}`)).message()).content;

const told = async (viewer: Viewer): Promise<string> =>
  (await viewer.untilMessage('betting-window', ({ content }) => content.startsWith('🗳️'))).content;

suite('votes in the intermission', { concurrency: 4 }, () => {
  test('the headline with more votes breaks with the bell, one vote a member, and the show says how they voted', async (t) => {
    const { rig, ballot, members } = await intermission(t, 500);
    const { show, theatre } = rig;
    const [ann, ben, cleo] = members;
    assert.match(await voted(ann, ballot, 0, 0), /It stands 1 to 0/u);
    assert.match(await voted(ben, ballot, 0, 1), /1 to 1/u);
    assert.match(await voted(cleo, ballot, 0, 0), /2 to 1/u);
    assert.match(await voted(cleo, ballot, 0, 1), /1 to 2/u, 'what is said last counts');
    const [vote] = theatre.store.hand.votes('s1e2');
    assert.ok(vote?.question.kind === 'headline');
    const [, wanted] = vote.question.headlines;
    assert.ok(!show.state.recentHeadlines.includes(wanted));
    await rig.play(3);
    assert.equal(show.state.phase, 'episode');
    assert.match(await told(ann), /By 2 to 1, the wire runs first/u);
    assert.ok(show.state.recentHeadlines.includes(wanted));
    const closed = await ann.untilMessage(
      'betting-window',
      (message) => message.id === ballot.id && message.components?.length === 0,
    );
    assert.match(everyLine(closed), /You decide, before episode 2[^]*votes are counted/u);
    await assert.rejects(voted(ann, ballot, 0, 0), /no such button/u);
    const late = show.hand.votes.cast(ann.id, 's1e2', 0, 0);
    assert.ok(!late.ok && late.code === 'vote_is_over', 'a press that was on its way');
    await rig.play(1);
    const card = await ann.untilMessage('the-floor', (message) =>
      everyLine(message).includes('hand in episode 2'),
    );
    assert.match(everyLine(card), /By 2 to 1/u);
    const result = await ann.untilMessage('betting-window', ({ content }) => content.startsWith('🗳️'));
    const recap = layoutWords((await ann.ask('the-gallery', 'recap')).components).join('\n');
    const line = recap.split('\n').find((each) => each.includes('By 2 to 1'));
    assert.ok(line?.includes(`/${result.channel_id}/${result.id})`), 'a click leads to the result');
  });

  test('a ballot that fell into quiet hours is never shown, and closing it leaves the one before alone', async (t) => {
    const clock = restlessClock('2026-03-10T20:00:00Z');
    const { rig, ballot, members } = await intermission(t, 500, clock);
    const [ann] = members;
    await rig.play(3);
    setQuietHours(rig.show.keyValues, { fromHour: 23, toHour: 7, timeZone: 'Europe/Berlin' });
    clock.set('2026-03-10T23:10:00Z');
    await rig.theatre.play(4);
    assert.equal(rig.show.state.episode, 3);
    assert.ok(rig.theatre.store.hand.votes('s1e3').every(({ won }) => won !== null));
    await eventually("the night's ballot to be kept back", () =>
      dueRows(rig.show.outbox, Infinity, 100).every(({ kind }) => kind !== 'voteOpened'),
    );
    clock.set('2026-03-11T06:00:30Z');
    await rig.play(1);
    const ballots = ann
      .readChannel('betting-window')
      .filter((message) => everyLine(message).includes('You decide'));
    assert.deepEqual(
      ballots.map((message) => /before episode \d/u.exec(everyLine(message))?.[0]),
      ['before episode 2', 'before episode 4'],
    );
    assert.equal(ballots[0]?.id, ballot.id);
    assert.match(everyLine(ballots[0] ?? assert.fail()), /before episode 2[^]*votes are counted/u);
  });

  test('with more for it, a bankrupt trader gets the loan at the bell', async (t) => {
    const { rig, ballot, members } = await intermission(t, 8_500);
    const [ann, ben, cleo] = members;
    assert.equal(rig.show.state.traders['alex']?.standing, 'intern');
    assert.match(everyLine(ballot), /Does Alex get a loan/u);
    for (const [viewer, answer] of [
      [ann, 0],
      [ben, 0],
      [cleo, 1],
    ] as const)
      assert.match(await voted(viewer, ballot, 1, answer), /Your vote/u);
    await rig.play(3);
    assert.equal(rig.show.state.traders['alex']?.bailouts, 1);
    assert.match(await told(ann), /2 to 1: Alex gets the loan/u);
  });

  test('with a tie, or more against it, nothing happens yet: the VC office lends later', async (t) => {
    const { rig, ballot, members } = await intermission(t, 8_500);
    const [ann, ben] = members;
    await voted(ann, ballot, 1, 0);
    await voted(ben, ballot, 1, 1);
    await rig.play(3);
    assert.equal(rig.show.state.traders['alex']?.standing, 'intern');
    assert.match(await told(ann), /1 to 1 on Alex's loan: the VC office decides/u);
    await rig.play(1);
    assert.equal(rig.show.state.traders['alex']?.standing, 'trading');
  });
});
