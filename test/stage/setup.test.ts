import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { admin } from './admin.ts';
import { openRig, openForTest, openTestStage } from './rig.ts';
import { theatre } from '#test/support/theatre.ts';

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('setting the stage up', { concurrency: 8 }, () => {
  test('the set-up builds every channel once, and members can read but not write there', async (t) => {
    const { backlot, stage, show } = await openRig(t);
    const ann = backlot.viewer('Ann');
    const names = ann.channels().map((channel) => channel.name);
    const expected = [
      'the-floor',
      'the-tape',
      'startup-offices',
      'vc-office',
      'coffee-shop',
      'news-room',
      'betting-window',
      'the-gallery',
    ];
    for (const name of expected) assert.ok(names.includes(name), `${name} is missing: ${names.join(', ')}`);
    assert.ok(!names.includes('green-room'), 'the green room is for producers only');
    assert.ok(
      backlot
        .viewer('Producer')
        .channels()
        .some((channel) => channel.name === 'green-room'),
    );
    assert.throws(() => ann.say('the-tape', 'hello'));

    // A second set-up doubles nothing.
    const before = backlot.viewer('Producer').channels();
    const again = await stage.setUp(backlot.guildId);
    assert.ok(again.ok);
    assert.deepEqual(again.report.made, []);
    assert.ok(again.report.kept >= 9 + 16, `kept ${again.report.kept}`);
    assert.deepEqual(backlot.viewer('Producer').channels(), before);

    // Without its records the set-up takes over what belongs to it.
    await stage.close();
    show.stageRecord.clear();
    show.keyValues.delete('category');
    const fresh = await openTestStage(backlot);
    await fresh.attach(backlot.guildId, show);
    const found = await fresh.setUp(backlot.guildId);
    assert.ok(found.ok);
    assert.deepEqual(found.report.made, []);
  });

  test('after the loss of the database the pinned board and rule card are taken over, and there is no second one', async (t) => {
    const rig = await openRig(t);
    const { backlot, show } = rig;
    await rig.play(1);
    const pinned = (name: string): string[] =>
      backlot
        .viewer('Ann')
        .readChannel(name)
        .filter((message) => message.pinned)
        .map(({ id }) => id);
    const before = [pinned('the-floor'), pinned('betting-window')];
    assert.deepEqual(
      before.map((ids) => ids.length),
      [1, 1],
    );
    await rig.stage.close();
    show.stageRecord.clear();
    show.keyValues.delete('category');
    rig.stage = await openTestStage(backlot);
    await rig.stage.attach(backlot.guildId, show);
    const found = await rig.stage.setUp(backlot.guildId);
    assert.ok(found.ok);
    assert.deepEqual(found.report.made, []);
    await rig.play(1);
    assert.deepEqual([pinned('the-floor'), pinned('betting-window')], before);
    const titles = backlot
      .viewer('Ann')
      .readChannel('the-floor')
      .filter((message) => message.embeds[0]?.title?.startsWith('Leaderboard'));
    assert.equal(titles.length, 1);
  });

  test("a show's channel that was turned into an announcement channel is still the show's", async (t) => {
    const { backlot, stage, show, play } = await openRig(t);
    const producer = backlot.viewer('Producer');
    const names = (): string[] => producer.channels().map(({ name }) => name);
    const before = names();
    for (const place of ['tape', 'floor', 'news-room', 'green-room']) {
      const type = ChannelType.GuildAnnouncement;
      await admin({ backlot }, 'PATCH', `/channels/${show.stageRecord.channel(place)}`, { type });
    }
    const kept = await stage.setUp(backlot.guildId);
    assert.ok(kept.ok);
    assert.deepEqual(kept.report.made, []);
    assert.deepEqual(names(), before);
    await play(2);
    assert.equal(show.outbox.pending(), 0);
    // Nor without the record of what was built.
    show.stageRecord.clear();
    show.keyValues.delete('category');
    const found = await stage.setUp(backlot.guildId);
    assert.ok(found.ok);
    assert.deepEqual(found.report.made, []);
    assert.deepEqual(names(), before);
  });

  test("a server's own category of the same name is not taken over, nor a channel in it", async (t) => {
    const backlot = await openForTest(t);
    const make = async (body: object): Promise<string> =>
      (await admin<{ id: string }>({ backlot }, 'POST', `/guilds/${backlot.guildId}/channels`, body)).id;
    const category = await make({ name: 'Open Outcry', type: ChannelType.GuildCategory });
    const talk = await make({ name: 'coffee-shop', parent_id: category });
    const { show } = theatre(t);
    const stage = await openTestStage(backlot);
    await stage.attach(backlot.guildId, show);
    const built = await stage.setUp(backlot.guildId);
    assert.ok(built.ok);
    assert.equal(built.report.kept, 0);
    assert.notEqual(show.keyValues.get('category'), category);
    assert.notEqual(show.stageRecord.channel('coffee-shop'), talk);
  });

  test('a missing permission is named with the place and the cure, and nothing is built', async (t) => {
    const backlot = await openForTest(t);
    backlot.setBotPermissions(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ManageChannels);
    const stage = await openTestStage(backlot);
    await stage.attach(backlot.guildId, theatre(t).show);
    const result = await stage.setUp(backlot.guildId);
    assert.ok(!result.ok);
    assert.match(result.problems.join(), /this server.*Manage Webhooks.*Server settings/u);
    assert.ok(
      !backlot
        .viewer('Producer')
        .channels()
        .some(({ name }) => name === 'the-floor'),
    );
  });

  test('a set-up whose answers get lost, or that fails halfway, builds nothing twice', async (t) => {
    const rig = await openRig(t, { setUp: false, answerWithinMs: 700 });
    const { backlot } = rig;
    const CHANNELS = { method: 'POST', route: '/guilds/:guildId/channels' };
    const HOOKS = { method: 'POST', route: '/channels/:channelId/webhooks' };
    const faults = [
      backlot.misbehave({ match: CHANNELS, drop: true, afterEffect: true, times: 2 }),
      backlot.misbehave({ match: CHANNELS, status: 504, afterEffect: true }),
      backlot.misbehave({ match: CHANNELS, status: 502 }),
      backlot.misbehave({ match: CHANNELS, delayMs: 1_500 }),
      backlot.misbehave({ match: HOOKS, drop: true, afterEffect: true, times: 2 }),
      backlot.misbehave({ match: HOOKS, status: 500 }),
      backlot.misbehave({ match: HOOKS, delayMs: 1_500 }),
    ];
    const built = await rig.stage.setUp(backlot.guildId);
    assert.ok(built.ok);
    assert.deepEqual(built.report.problems, []);
    for (const fault of faults) assert.ok(fault.hits > 0);
    const names = backlot
      .viewer('Producer')
      .channels()
      .map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)], 'no channel exists twice');
    for (const { id } of rig.show.content.office.rooms) {
      const channelId = rig.show.stageRecord.channel(id);
      const webhooks = await admin<unknown[]>(rig, 'GET', `/channels/${channelId}/webhooks`);
      assert.equal(webhooks.length, 4, 'one voice for each trader');
    }
    await rig.play(1);
    assert.equal(rig.show.outbox.pending(), 0);
  });
});
