import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PermissionFlagsBits } from 'discord.js';
import { INVITED_WITH } from '#stage/channels/permissions.ts';
import { admin } from '#test/stage/admin.ts';
import { openRig, type Rig } from '#test/stage/rig.ts';
import { buttons, everyLine, pressInPlace } from './kit.ts';

const { ViewChannel, SendMessages, ManageWebhooks } = PermissionFlagsBits;

const built = (text: string): boolean => /The stage stands|could not be built/u.test(text);

const channel = ({ backlot }: Rig, name: string) => {
  const found = backlot
    .viewer('Producer')
    .channels()
    .find((each) => each.name === name);
  assert.ok(found, name);
  return found;
};

const sees = ({ backlot }: Rig, who: string, name: string): boolean =>
  backlot
    .viewer(who)
    .channels()
    .some((each) => each.name === name);

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('permissions of existing channels', { concurrency: 4 }, () => {
  test("the bot's permissions and the green room's privacy are mended; what members may not do stays so", async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1 } } });
    const { backlot } = rig;
    const producer = backlot.viewer('Producer');
    producer.setOverwrite('the-tape', backlot.applicationId, { deny: SendMessages });
    producer.setOverwrite('coffee-shop', backlot.applicationId, {
      allow: ViewChannel | SendMessages,
      deny: ManageWebhooks,
    });
    producer.setOverwrite('green-room', backlot.guildId, { allow: ViewChannel });
    producer.setOverwrite('the-floor', backlot.guildId, { deny: ViewChannel });
    assert.ok(sees(rig, 'Ann', 'green-room'));

    const ill = await producer.ask('general', 'doctor');
    const told = everyLine(ill);
    assert.match(told, /3 things to mend/u);
    assert.match(told, /In \*\*#the-tape\*\* I lack \*\*Send Messages\*\*\. The button mends that/u);
    assert.match(told, /In \*\*#coffee-shop\*\* I lack \*\*Manage Webhooks\*\*\. The button mends that/u);
    assert.match(told, /Everybody can see \*\*#green-room\*\*, which is for producers\. The button mends/u);
    assert.ok(sees(rig, 'Ann', 'green-room'), 'looking changes nothing');

    const report = (await pressInPlace(producer, ill, 'Mend', built)).content;
    assert.match(report, /🔧 #the-tape: I have Send Messages again/u);
    assert.match(report, /🔧 #coffee-shop: I have Manage Webhooks again/u);
    assert.match(report, /🔧 #green-room: for producers only again/u);
    assert.doesNotMatch(report, /❗/u);
    assert.ok(!sees(rig, 'Ann', 'green-room'));
    assert.ok(!sees(rig, 'Ann', 'the-floor'), 'the floor stays hidden, as an admin wanted it');
    const everybody = channel(rig, 'the-floor').overwrites.filter(({ id }) => id === backlot.guildId);
    assert.deepEqual(
      everybody.map(({ allow, deny }) => [allow, deny]),
      [['0', String(ViewChannel)]],
    );
    assert.match(everyLine(await producer.ask('general', 'doctor')), /All is well/u);
    await rig.play(2);
    assert.ok(backlot.viewer('Ann').readChannel('the-tape').length > 0, 'and the tape runs again');
  });

  test('a green room that lost all its permissions is closed again, but not to producers or the bot', async (t) => {
    const rig = await openRig(t);
    const { backlot } = rig;
    const producer = backlot.viewer('Producer');
    const role = await admin<{ id: string }>(rig, 'POST', `/guilds/${backlot.guildId}/roles`, {
      name: 'crew',
    });
    await admin(
      rig,
      'PUT',
      `/guilds/${backlot.guildId}/members/${backlot.viewer('Ben').id}/roles/${role.id}`,
    );
    await pressInPlace(
      producer,
      await producer.ask('general', 'setup', { 'producer-role': 'crew' }),
      'Apply',
      built,
    );
    const { id, overwrites } = channel(rig, 'green-room');
    for (const each of overwrites) await admin(rig, 'DELETE', `/channels/${id}/permissions/${each.id}`);
    assert.ok(sees(rig, 'Ann', 'green-room'));

    const plan = await producer.ask('general', 'setup');
    assert.match(everyLine(plan), /Permissions\n❗ Everybody can see \*\*#green-room/u);
    await pressInPlace(producer, plan, 'Mend', built);
    assert.deepEqual(
      ['Ann', 'Ben', 'Producer'].map((who) => sees(rig, who, 'green-room')),
      [false, true, true],
    );
    assert.match(everyLine(await producer.ask('general', 'doctor')), /All is well/u);
    assert.match(everyLine(await producer.ask('green-room', 'show status')), /The show/u);
  });

  test('without Manage Roles nothing is touched, and every cure is for a person to do', async (t) => {
    const rig = await openRig(t, { backlot: { botPermissions: INVITED_WITH } });
    const { backlot } = rig;
    const producer = backlot.viewer('Producer');
    producer.setOverwrite('the-tape', backlot.applicationId, { deny: SendMessages });
    producer.setOverwrite('green-room', backlot.guildId, { allow: ViewChannel });
    const ill = await producer.ask('general', 'doctor');
    assert.match(everyLine(ill), /#the-tape\*\* I lack \*\*Send Messages\*\*\. Channel settings/u);
    assert.match(everyLine(ill), /#green-room\*\*, which is for producers\. Channel settings/u);
    assert.equal(buttons(ill).size, 0);
    const report = await pressInPlace(producer, await producer.ask('general', 'setup'), 'Check again', built);
    assert.match(report.content, /❗ In \*\*#the-tape[^]*❗ Everybody can see \*\*#green-room/u);
    assert.ok(sees(rig, 'Ann', 'green-room'));
  });
});
