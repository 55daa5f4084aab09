import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord.js';
import type { Viewer } from '#backlot/viewer.ts';
import { BOT_PERMISSIONS } from '#backlot/guild/permissions.ts';
import { commands } from '#commands/index.ts';
import { IN_GUILD } from '#commands/schema.ts';
import { defineCommand, type Command } from '#stage/interactions/command.ts';
import { INVITED_WITH } from '#stage/channels/permissions.ts';
import { openForTest, openRig, openTestStage } from '#test/stage/rig.ts';
import { admin } from '#test/stage/admin.ts';
import { content } from '#test/support/floor.ts';
import { theatre } from '#test/support/theatre.ts';
import { buttons, everyLine, pressInPlace } from './kit.ts';

const channelNames = (viewer: Viewer): string[] =>
  viewer
    .channels()
    .map((channel) => channel.name)
    .sort();

const { cast, office } = content;
/** A channel for each room of the show, and a voice for each trader in it. */
const IN_A_ROOM = 1 + cast.length;
/** Beside them: the category, the five channels of the show itself, the rule card and the panel. */
const THINGS = 8 + office.rooms.length * IN_A_ROOM;

const built = (text: string): boolean => /The stage stands|could not be built/u.test(text);

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('building, repairing and taking down', { concurrency: 4 }, () => {
  test('a stage is built at a button, mended where a hand broke it, and taken down to what was there before', async (t) => {
    // With what an invitation grants, and no more.
    const rig = await openRig(t, { setUp: false, backlot: { botPermissions: INVITED_WITH } });
    const { backlot, show } = rig;
    const producer = backlot.viewer('Producer');
    const { id: elsewhere } = await admin<{ id: string }>(
      rig,
      'POST',
      `/guilds/${backlot.guildId}/channels`,
      {
        name: 'Our own things',
        type: ChannelType.GuildCategory,
      },
    );
    const { id: stranger } = await admin<{ id: string }>(rig, 'POST', `/guilds/${backlot.guildId}/channels`, {
      name: 'news-room',
      parent_id: elsewhere,
    });
    const before = channelNames(producer);
    const diagnose = async (): Promise<string> => everyLine(await producer.ask('general', 'doctor'));

    await t.test('/setup says what it would make, and touches nothing', async () => {
      const plan = await producer.ask('general', 'setup');
      const lines = everyLine(plan);
      assert.match(lines, /Will be made\n🔨 category Open Outcry\n🔨 #the-floor/u);
      assert.match(lines, /🔨 voices in the Coffee Shop: Alex, Alice, Mike, Sarah/u);
      assert.match(lines, /🔨 the pinned rule card/u);
      assert.match(lines, /✅ I have every permission that I need/u);
      assert.match(lines, /Left alone\n#news-room is not mine/u);
      assert.deepEqual(channelNames(producer), before);
      const report = await pressInPlace(producer, plan, 'Build', built);
      assert.match(
        report.content,
        new RegExp(
          `^The stage stands: ${THINGS} things built, 0 already there\\.\n🔨 category Open Outcry\n🔨 #the-floor`,
          'u',
        ),
      );
      assert.match(report.content, /The show is running\.$/u);
      assert.deepEqual(buttons(report).size, 0, 'it cannot be pressed twice');
    });

    await t.test("the server's own channel with the same name is left alone", async () => {
      assert.notEqual(show.stageRecord.channel('news-room'), stranger);
      const hooks = await admin(rig, 'GET', `/channels/${stranger}/webhooks`);
      assert.deepEqual(hooks, []);
    });

    await t.test('when it runs again, nothing is doubled', async () => {
      const names = channelNames(producer);
      const plan = await producer.ask('general', 'setup');
      assert.match(everyLine(plan), /Nothing: everything is there\./u);
      const report = await pressInPlace(producer, plan, 'Check again', built);
      assert.match(report.content, new RegExp(`0 things built, ${THINGS} already there`, 'u'));
      assert.deepEqual(channelNames(producer), names);
      assert.match(await diagnose(), /All is well/u);
    });

    await t.test('/doctor names what was deleted by hand, and a button makes it again, once', async () => {
      const names = channelNames(producer);
      const card = producer.readChannel('betting-window').find((message) => message.pinned);
      assert.ok(card);
      producer.deleteMessage(card);
      producer.deleteChannel('the-tape');
      producer.deleteWebhooks('coffee-shop');
      const ill = await producer.ask('general', 'doctor');
      assert.match(everyLine(ill), /3 things to mend/u);
      assert.match(everyLine(ill), /#the-tape/u);
      assert.match(everyLine(ill), /voices in the Coffee Shop: Alex, Alice, Mike, Sarah/u);
      assert.match(everyLine(ill), /the pinned rule card/u);
      const report = await pressInPlace(producer, ill, 'Mend', built);
      const again = 2 + cast.length;
      assert.match(report.content, new RegExp(`${again} things built, ${THINGS - again} already there`, 'u'));
      assert.deepEqual(channelNames(producer), names);
      assert.match(await diagnose(), /All is well/u);
    });

    await t.test('/doctor names channel, permission and cure', async () => {
      producer.setOverwrite('the-tape', backlot.applicationId, { deny: PermissionFlagsBits.SendMessages });
      const told = /In \*\*#the-tape\*\* I lack \*\*Send Messages\*\*\. Channel settings → Permissions/u;
      assert.match(await diagnose(), told);
      assert.match(
        everyLine(await producer.ask('the-tape', 'doctor')),
        told,
        'also in the words that Discord uses there',
      );
      const report = await pressInPlace(
        producer,
        await producer.ask('general', 'setup'),
        'Check again',
        built,
      );
      assert.match(report.content, told);
      producer.setOverwrite('coffee-shop', backlot.applicationId, {
        deny: PermissionFlagsBits.ManageWebhooks,
        allow: PermissionFlagsBits.ViewChannel,
      });
      assert.match(await diagnose(), /2 things to mend[^]*#coffee-shop\*\* I lack \*\*[^*]*Manage Webhooks/u);
    });

    await t.test('a refusal in one channel does not stop the others', async () => {
      producer.deleteChannel('the-floor');
      producer.deleteChannel('coffee-shop');
      backlot.misbehave({
        match: { method: 'POST', route: '/guilds/:guildId/channels' },
        times: 1,
        status: 403,
        code: 50013,
      });
      const ill = await producer.ask('general', 'doctor');
      const report = await pressInPlace(producer, ill, 'Mend', built);
      assert.match(report.content, /❗ Discord refused #the-floor: [^]*🔨 #coffee-shop/u);
      await pressInPlace(producer, await producer.ask('general', 'setup'), 'Build', built);
      assert.ok(channelNames(producer).includes('the-floor'));
    });

    await t.test('/teardown removes what the set-up made, and nothing else', async () => {
      const ours = producer.channels().find((channel) => channel.name === 'Open Outcry');
      const { id: guest } = await admin<{ id: string }>(rig, 'POST', `/guilds/${backlot.guildId}/channels`, {
        name: 'guest',
        parent_id: ours?.id,
      });
      show.audience.stake(backlot.viewer('Ann').id, 'alice');
      const plan = await producer.ask('general', 'teardown');
      assert.match(everyLine(plan), /🗑️ #the-floor\n[^]*🗑️ category Open Outcry/u);
      assert.ok(channelNames(producer).includes('the-floor'), 'nothing goes before it is confirmed');
      const report = await pressInPlace(producer, plan, 'Remove all of it', (text) =>
        text.includes('is down'),
      );
      assert.match(report.content, new RegExp(`${5 + office.rooms.length} things removed`, 'u'));
      assert.match(report.content, /category Open Outcry stayed: 1 channel in it is not mine/u);
      assert.deepEqual(channelNames(producer), [...before, 'Open Outcry', 'guest'].sort());
      assert.equal(show.status().mode, 'stopped');
      assert.equal(show.audience.wallet(backlot.viewer('Ann').id).chips, 1_000, 'open stakes return');
      await admin(rig, 'DELETE', `/channels/${guest}`);
      const rest = await producer.ask('general', 'teardown');
      await pressInPlace(producer, rest, 'Remove all of it', (text) => text.includes('is down'));
      assert.deepEqual(channelNames(producer), before);
      assert.match((await producer.ask('general', 'teardown')).content, /There is nothing of mine here/u);
      const unseen = await producer.ask('general', 'show start');
      assert.match(unseen.content, /no channels to play in\. Run `\/setup` first/u);
      assert.equal(show.status().mode, 'stopped');
      const again = await pressInPlace(producer, await producer.ask('general', 'setup'), 'Build', built);
      assert.match(
        again.content,
        new RegExp(`${THINGS} things built, 0 already there[^]*Run \`/show start\``, 'u'),
      );
    });
    await rig.shown();
  });

  test('a role makes producers, unless everybody has it', async (t) => {
    // Hidden commands do not matter here: what counts is checked in code.
    const opened: Command[] = commands.map((command) => {
      const { default_member_permissions: _, ...schema } = command.schema;
      return { ...command, schema };
    });
    const rig = await openRig(t, { commands: opened, setUp: false });
    const { backlot } = rig;
    const [producer, ben] = [backlot.viewer('Producer'), backlot.viewer('Ben')];
    backlot.setBotPermissions(BOT_PERMISSIONS | PermissionFlagsBits.ManageRoles);
    const { id: role } = await admin<{ id: string }>(rig, 'POST', `/guilds/${backlot.guildId}/roles`, {
      name: 'crew',
    });
    await admin(rig, 'PUT', `/guilds/${backlot.guildId}/members/${ben.id}/roles/${role}`);
    const everybody = await producer.ask('general', 'setup', {
      'producer-role': `<@&${backlot.guildId}>`,
    });
    assert.match(everybody.content, /everybody would be a producer/u);
    assert.match((await ben.ask('general', 'show status')).content, /Only producers/u);

    const plan = await producer.ask('general', 'setup', { 'producer-role': 'crew' });
    assert.match(everyLine(plan), new RegExp(`whoever may manage the server, and <@&${role}>`, 'u'));
    assert.match(
      (await ben.ask('general', 'show status')).content,
      /Only producers/u,
      'not before it is built',
    );
    await pressInPlace(producer, plan, 'Build', built);
    assert.match(everyLine(await ben.ask('general', 'show status')), /The show/u);
    assert.ok(channelNames(ben).includes('green-room'), 'and the green room is open to the role');
    const again = await producer.ask('general', 'setup');
    assert.match(
      everyLine(again),
      new RegExp(`, and <@&${role}>`, 'u'),
      'a role stands until another is chosen',
    );
    const [chosen] = rig.theatre.store.show.audits('settings', 5);
    assert.deepEqual([chosen?.by, chosen?.detail], [producer.id, JSON.stringify({ producerRole: role })]);

    const { id: second } = await admin<{ id: string }>(rig, 'POST', `/guilds/${backlot.guildId}/roles`, {
      name: 'friends',
    });
    await admin(rig, 'PUT', `/guilds/${backlot.guildId}/members/${ben.id}/roles/${second}`);
    await admin(rig, 'DELETE', `/guilds/${backlot.guildId}/members/${ben.id}/roles/${role}`);
    const change = await producer.ask('general', 'setup', { 'producer-role': 'friends' });
    backlot.setBotPermissions(BOT_PERMISSIONS & ~PermissionFlagsBits.ManageRoles);
    assert.match(everyLine(change), /🎬 <@&\d+> will be producers/u);
    const report = await pressInPlace(producer, change, 'Apply', built);
    assert.match(report.content, /I cannot let <@&\d+> into #green-room\. Channel settings/u);
    backlot.setBotPermissions(BOT_PERMISSIONS | PermissionFlagsBits.ManageRoles);
    const next = await producer.ask('general', 'setup', { 'producer-role': 'friends' });
    await pressInPlace(producer, next, 'Check again', built);
    const greenRoom = producer.channels().find((channel) => channel.name === 'green-room');
    assert.ok(greenRoom?.overwrites.some(({ id, type }) => id === second && type === OverwriteType.Role));
    assert.match(everyLine(await ben.ask('general', 'show status')), /The show/u);
  });

  test('a German server gets its show in German, and each member gets answers in their own language', async (t) => {
    const bodies: object[] = [];
    const rig = await openRig(t, {
      setUp: false,
      backlot: { locale: 'de' },
      staging: { rules: { intermissionRounds: 1, episodeRounds: 3 } },
    });
    const { backlot, show } = rig;
    backlot.onRequest(({ method, route, body }) => {
      if (method === 'PUT' && route?.endsWith('/commands') === true) bodies.push(body as object);
    });
    const [producer, ann] = [backlot.viewer('Producer'), backlot.viewer('Ann')];
    producer.speak('de');
    const other = await producer.ask('general', 'setup', { language: 'English' });
    assert.match(everyLine(other), /#the-floor[^]*Sprache: English/u, 'as it would be built');
    const plan = await producer.ask('general', 'setup');
    assert.match(
      everyLine(plan),
      /Wird gebaut\n🔨 Kategorie Open Outcry\n🔨 #das-parkett[^]*Sprache: Deutsch/u,
    );
    const report = await pressInPlace(producer, plan, 'Bauen', (text) => text.includes('Die Bühne steht'));
    assert.match(report.content, new RegExp(`${THINGS} neu gebaut`, 'u'));
    assert.doesNotMatch(report.content, /spricht jetzt/u, 'it keeps its language');
    assert.ok(channelNames(ann).includes('wettschalter'));
    await rig.play(2);
    const words = (channel: string): string => ann.readChannel(channel).map(everyLine).join('\n');
    assert.match(
      words('der-ticker'),
      /Eröffnungsglocke: Folge 1[^]*3 Runden bis zur Schlussglocke[^]*Anleihen/u,
    );
    assert.match(words('wettschalter'), /Die Regeln der Show/u);
    assert.match(words('das-parkett'), /Rangliste · Saison 1[^]*\d\.\d{3},\d{2}\s\$/u);
    assert.match(everyLine(await ann.ask('die-galerie', 'wallet')), /You hold \*\*1,000\*\* chips/u);
    assert.match(everyLine(await producer.ask('das-parkett', 'wallet')), /Du hast \*\*1\.000\*\* Chips/u);
    assert.match(
      everyLine(await ann.ask('die-galerie', 'leaderboard')),
      /Rangliste/u,
      'public: for all to read',
    );
    assert.match((await ann.ask('die-galerie', 'confess', { trader: 'nobody' })).content, /No trader has/u);
    assert.match((await producer.ask('das-parkett', 'confess', { trader: 'x' })).content, /So heißt kein/u);

    const english = await producer.ask('das-parkett', 'setup', { language: 'English' });
    assert.match(everyLine(english), /🔤 Die Show spricht dann English[^]*Sprache: English/u);
    const applied = await pressInPlace(producer, english, 'Anwenden', (text) =>
      text.includes('Die Bühne steht'),
    );
    assert.match(applied.content, /schon da\.\n🔤 Die Show spricht jetzt English\./u);
    await rig.shown();
    assert.match(
      words('wettschalter'),
      /The rules of the show/u,
      'what is there already is reworded in place',
    );
    assert.ok(!words('wettschalter').includes('Die Regeln der Show'));
    assert.ok(!channelNames(producer).includes('the-floor'), 'channels keep the names that people know');
    assert.equal(show.keyValues.get('language'), 'en');
    show.keyValues.delete('commands-hash');
    await rig.reopen();
    const offered = JSON.stringify(bodies.at(-1));
    assert.match(offered, /"description_localizations":\{"de":"Lies, was ein Händler wirklich dachte/u);
    assert.match(offered, /"name_localizations":\{"de":"händler"\}/u);
  });

  test('work that takes longer than Discord waits is answered in time, and goes on', async (t) => {
    const work = Promise.withResolvers<void>();
    const finished: string[] = [];
    const slow = defineCommand({
      schema: { ...IN_GUILD, name: 'slow' },
      words: () => ({ description: 'Takes its time' }),
      audience: 'member',
      answers: 'private',
      run: async () => {
        await work.promise;
        finished.push('slow');
        return { content: 'Done.' };
      },
    });
    const backlot = await openForTest(t);
    const stage = await openTestStage(backlot, { commands: [slow], answerLimitMs: 50 });
    await stage.attach(backlot.guildId, theatre(t).show);
    assert.match((await backlot.viewer('Ann').ask('general', 'slow')).content, /It goes on/u);
    work.resolve();
    await work.promise;
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(finished, ['slow']);
  });
});
