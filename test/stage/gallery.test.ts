import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PermissionFlagsBits } from 'discord.js';
import { buttons, everyLine, pressInPlace } from '#test/commands/kit.ts';
import { openRig, type Rig } from './rig.ts';

const channelId = (rig: Rig, name: string): string => {
  const found = rig.backlot
    .viewer('Producer')
    .channels()
    .find((channel) => channel.name === name);
  assert.ok(found, `there is no #${name}`);
  return found.id;
};

suite('where members may use commands', { concurrency: 4 }, () => {
  test('in the gallery they write and use commands, although the server is read-only', async (t) => {
    const rig = await openRig(t, { setUp: false });
    const producer = rig.backlot.viewer('Producer');
    const ann = rig.backlot.viewer('Ann');
    producer.setOverwrite('general', rig.backlot.guildId, { deny: PermissionFlagsBits.SendMessages });
    assert.ok((await rig.stage.setUp(rig.backlot.guildId)).ok);
    ann.say('the-gallery', 'hello');
    assert.ok((await ann.ask('the-gallery', 'help')).embeds.length > 0);
    for (const name of ['the-floor', 'the-tape', 'coffee-shop', 'betting-window'])
      assert.throws(() => ann.say(name, 'hello'), name);
  });

  test('the rule card names the gallery, and its buttons open thoughts, chips and market to whoever presses', async (t) => {
    const rig = await openRig(t);
    await rig.play(1);
    const ann = rig.backlot.viewer('Ann');
    const card = ann.readChannel('betting-window').find((message) => message.pinned);
    assert.ok(card);
    assert.ok(everyLine(card).includes(`<#${channelId(rig, 'the-gallery')}>`), everyLine(card));
    const offered = buttons(card);
    const press = async (label: string): Promise<string> => {
      const id = offered.get(label);
      assert.ok(id, `no button ${label} in ${[...offered.keys()].join()}`);
      return everyLine(await (await ann.press(card, id)).message());
    };
    assert.match(await press("🧮 Alice's last thought"), /Alice, round 1[^]*For your eyes only/u);
    assert.match(await press('Your chips'), /You hold \*\*1,000\*\* chips/u);
    assert.match(await press('The market'), /Crypto/u);
  });

  test('so do the buttons of the board in #the-floor: a trader’s card leads to the thought', async (t) => {
    const rig = await openRig(t);
    await rig.play(1);
    const ann = rig.backlot.viewer('Ann');
    const board = ann.readChannel('the-floor').find((message) => message.pinned);
    assert.ok(board);
    const offered = buttons(board);
    assert.ok(offered.has('Your chips') && offered.has('The market'));
    const card = await (await ann.press(board, offered.get('🧮 Alice') ?? '')).message();
    const thought = await pressInPlace(ann, card, "🧮 Alice's last thought");
    assert.match(everyLine(thought), /Alice, round 1/u);
  });

  test('/doctor warns of a gallery in which nobody may write, with the cure', async (t) => {
    const rig = await openRig(t);
    const producer = rig.backlot.viewer('Producer');
    producer.setOverwrite('the-gallery', rig.backlot.guildId, { deny: PermissionFlagsBits.SendMessages });
    const told = everyLine(await producer.ask('general', 'doctor'));
    assert.match(
      told,
      /All is well[^]*#the-gallery, and so to use commands\. Channel settings → Permissions/u,
    );
  });
});
