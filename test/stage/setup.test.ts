import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PermissionFlagsBits } from 'discord.js';
import { openHouse, openForTest, openTestStage } from './house.ts';
import { theatre } from '#test/support/theatre.ts';

// Each has a house of its own and mostly waits for sockets, so they run side by side.
suite('setting the stage up', { concurrency: 8 }, () => {
  test('the set-up builds every channel, and members can read but not write there', async (t) => {
    const { backlot } = await openHouse(t);
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
  });

  test('a second set-up doubles nothing', async (t) => {
    const { stage, backlot } = await openHouse(t);
    const before = backlot
      .viewer('Producer')
      .channels()
      .map(({ name }) => name);
    const again = await stage.setUp(backlot.guildId);
    assert.ok(again.ok);
    assert.deepEqual(again.report.made, []);
    assert.ok(again.report.kept >= 9 + 16, `kept ${again.report.kept}`);
    assert.deepEqual(
      backlot
        .viewer('Producer')
        .channels()
        .map(({ name }) => name),
      before,
    );
  });

  test('without its notes the set-up takes over what stands under the right names', async (t) => {
    const { backlot, stage, show } = await openHouse(t);
    await stage.close();
    for (const { name } of [...show.notes.entries('channel:'), ...show.notes.entries('webhook:')])
      show.notes.delete(name);
    const fresh = await openTestStage(backlot);
    await fresh.attach(backlot.guildId, show);
    const again = await fresh.setUp(backlot.guildId);
    assert.ok(again.ok);
    assert.deepEqual(again.report.made, []);
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
});
