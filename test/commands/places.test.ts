import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openForTest, openRig, openTestStage, table } from '#test/stage/rig.ts';
import { theatre } from '#test/support/theatre.ts';
import { everyLine } from './kit.ts';

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('where and when a command is answered', { concurrency: 4 }, () => {
  test('a public answer is public only where members may write: nobody can bury the pool', async (t) => {
    const rig = await openRig(t);
    const { backlot, show } = rig;
    await table(rig);
    const [producer, ann] = [backlot.viewer('Producer'), backlot.viewer('Ann')];
    const seen = async (channel: string): Promise<boolean> => {
      const answer = await producer.ask(channel, 'leaderboard');
      assert.match(everyLine(answer), /Leaderboard/u);
      return ann.readChannel(channel).some(({ id }) => id === answer.id);
    };
    for (const channel of ['betting-window', 'the-tape', 'the-floor', 'coffee-shop'])
      assert.equal(await seen(channel), false, channel);
    assert.equal(await seen('general'), true);
    const general = producer.channels().find(({ name }) => name === 'general');
    show.stageRecord.setChannel('gallery', general?.id ?? '');
    assert.equal(await seen('general'), true, "the show's own place for members to write in");
    show.stageRecord.clear();
    show.stageRecord.setChannel('coffee-shop', general?.id ?? '');
    assert.equal(await seen('general'), false, 'a room');
  });

  test('while a show is away nobody is told that there is none, and its producers learn why', async (t) => {
    const backlot = await openForTest(t);
    let away: { why: string | null; retryAtMs: number | null } | null = null;
    const stage = await openTestStage(backlot, { whyAway: () => away });
    // Makes sure that the commands are there.
    await stage.attach(backlot.guildId, theatre(t).show);
    await stage.detach(backlot.guildId);
    const [producer, ann] = [backlot.viewer('Producer'), backlot.viewer('Ann')];
    assert.match((await ann.ask('general', 'wallet')).content, /no show yet/u);
    away = { why: null, retryAtMs: null };
    const told = await ann.ask('general', 'leaderboard');
    assert.match(told.content, /back in a moment/u);
    assert.ok(!producer.readChannel('general').some(({ id }) => id === told.id), 'privately');
    away = { why: 'No room to write /data/1.sqlite', retryAtMs: 1_780_000_000_000 };
    assert.match((await ann.ask('general', 'wallet')).content, /back in a moment/u);
    assert.match((await producer.ask('general', 'wallet')).content, /back in a moment/u);
    const why = (await producer.ask('general', 'show status')).content;
    assert.match(why, /No room to write \/data\/1\.sqlite[^]*tried again <t:1780000000:R>/u);
  });

  test('/chaos and /show tell producers that their own stake has been returned', async (t) => {
    const rig = await openRig(t);
    const { backlot, show } = rig;
    const producer = backlot.viewer('Producer');
    assert.ok(show.audience.stake(producer.id, 'alice', 120).ok);
    const struck = await producer.ask('green-room', 'chaos');
    assert.match(struck.content, /Your stake of 120 chips on Alice has been returned/u);
    const paused = await producer.ask('green-room', 'show pause');
    assert.doesNotMatch(paused.content, /stake/u, 'there was no longer one');
    const cleo = backlot.viewer('Cleo').id;
    assert.ok(show.audience.stake(cleo, 'mike').ok);
    const resumed = show.resume(cleo);
    assert.equal(resumed.ok && resumed.value.ownStakes[0]?.chips, 50);
  });
});
