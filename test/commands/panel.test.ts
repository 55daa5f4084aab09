import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { APIMessage } from 'discord.js';
import type { Viewer } from '#backlot/viewer.ts';
import { layoutWords } from '#stage/presentation/message.ts';
import { customIds } from '#stage/presentation/buttons.ts';
import { openRig, type Rig } from '#test/stage/rig.ts';

const isPanel = (message: APIMessage): boolean => customIds(message).some(({ name }) => name === 'chaos');
const words = (message: APIMessage): string =>
  [message.content, ...layoutWords(message.components)].join('\n');

async function panelOf(rig: Rig): Promise<APIMessage> {
  await rig.shown();
  return await rig.backlot.viewer('Producer').untilMessage('green-room', isPanel, { what: 'the panel' });
}

/** Opens the form of a button, fills it in, and resolves to the answer's words. */
async function fillIn(
  viewer: Viewer,
  message: APIMessage,
  id: string,
  values: Record<string, string>,
): Promise<string> {
  const opened = await viewer.press(message, id);
  assert.equal(opened.first.type, 'modal');
  const sent = await opened.submit(values);
  return words(await sent.message());
}

suite('the panel of the green room', { concurrency: 4 }, () => {
  test('the set-up hangs it, once, and what goes by changes it in place', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1, episodeRounds: 20 } } });
    const panel = await panelOf(rig);
    assert.match(words(panel), /running[^]*red button is armed/u);
    assert.equal(panel.pinned, true);
    await rig.play(3);
    const later = await panelOf(rig);
    assert.equal(later.id, panel.id);
    assert.match(words(later), /\(3 in all\)/u);
    await rig.reopen();
    const all = rig.backlot.viewer('Producer').readChannel('green-room').filter(isPanel);
    assert.equal(all.length, 1);
  });

  test('the red button asks for a headline, breaks it, cools down, and the log says who', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1, episodeRounds: 20 } } });
    await rig.play(2);
    const producer = rig.backlot.viewer('Producer');
    const panel = await panelOf(rig);
    const told = await fillIn(producer, panel, 'v1:chaos:', { headline: 'The vault was a painting' });
    assert.match(told, /The vault was a painting[^]*works again in round 4/u);
    await rig.shown();
    const hot = await panelOf(rig);
    assert.match(words(hot), /cools down\*\* for 2 rounds more[^]*caused chaos: “The vault was a painting”/u);
    assert.ok(words(hot).includes(`<@${producer.id}>`));
    assert.throws(() => producer.press(hot, 'v1:chaos-now:'), /switched off/u);
    await rig.play(2);
    const struck = await producer.press(await panelOf(rig), 'v1:chaos-now:');
    assert.match(words(await struck.message()), /It is out/u);
  });

  test('while the market is shut the red button rests, says until when, and so does /chaos', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 3, episodeRounds: 1 } } });
    await rig.play(5);
    const producer = rig.backlot.viewer('Producer');
    const said = (await producer.ask('green-room', 'chaos')).content;
    assert.match(said, /market is shut[^]*works again when it opens, in 3 rounds\.$/u);
    const resting = await panelOf(rig);
    assert.match(
      words(resting),
      /rests\*\* while the market is shut: armed again when it opens, in round 8\.\n/u,
    );
    for (const id of ['v1:chaos:', 'v1:chaos-now:'])
      assert.throws(() => producer.press(resting, id), /switched off/u);
    assert.ok(rig.show.timetable.change({ mode: 'appointment' }, 'console').ok);
    await rig.play(3);
    assert.ok(!rig.show.timetable.isOpen());
    const closed = (await producer.ask('green-room', 'chaos')).content;
    assert.match(closed, /in 4 rounds\. The doors open <t:\d+:R>\.$/u);
    assert.match(words(await panelOf(rig)), /in round 12\. The doors open <t:\d+:R>\./u);
  });

  test('a rumour is heard in its room alone, and a headline by everybody', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1, episodeRounds: 20 } } });
    await rig.play(2);
    const producer = rig.backlot.viewer('Producer');
    const panel = await panelOf(rig);
    const { rooms } = rig.show.content.office;
    const [room] = rooms;
    assert.ok(room);
    const rumour = { room: room.id, text: 'The interns own the building', about: 'Tech/down' };
    assert.match(await fillIn(producer, panel, 'v1:rumour:', rumour), /whisper in the .*interns own/u);
    assert.match(await fillIn(producer, panel, 'v1:rumour:', rumour), /Once a round/u);
    const news = { text: 'Regulator spotted at the snack bar' };
    assert.match(await fillIn(producer, panel, 'v1:headline:', news), /on the wire/u);
    assert.match(
      await fillIn(producer, panel, 'v1:headline:', { text: 'discord.gg/abcdef' }),
      /Once a round/u,
    );
    await rig.shown();
    const ann = rig.backlot.viewer('Ann');
    await ann.untilMessage(room.channel, ({ content }) => content.includes('The interns own the building'));
    await ann.untilMessage('the-tape', ({ content }) => content.includes('Regulator spotted'));
    for (const other of rooms.slice(1))
      assert.ok(!ann.readChannel(other.channel).some(({ content }) => content.includes('interns own')));
    assert.deepEqual(
      rig.theatre.store.show.audits(null, 2).map(({ what, by }) => [what, by === producer.id]),
      [
        ['headline', true],
        ['rumour', true],
      ],
    );
    assert.ok(
      words(await panelOf(rig)).includes(
        `planted a rumour in the ${room.name}: The interns own the building`,
      ),
    );
    await rig.play(1);
    await fillIn(producer, panel, 'v1:rumour:', { room: room.id, text: '', about: '-' });
    const [latest] = /planted a rumour in the .*/u.exec(words(await panelOf(rig))) ?? [];
    assert.equal(latest, `planted a rumour in the ${room.name}`, 'of a ready-made one the room is told');
  });

  test('the market opens now, however long the intermission', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 50, episodeRounds: 20 } } });
    await rig.play(1);
    const producer = rig.backlot.viewer('Producer');
    const called = await producer.press(await panelOf(rig), 'v1:bell:');
    assert.match(words(await called.message()), /rings with the next round/u);
    await rig.play(1);
    assert.equal(rig.show.state.phase, 'episode');
    const open = await panelOf(rig);
    assert.throws(() => producer.press(open, 'v1:bell:'), /switched off/u);
  });

  test('pause, go on and pace; nobody but producers', async (t) => {
    const rig = await openRig(t);
    const producer = rig.backlot.viewer('Producer');
    const press = async (id: string, chosen?: string[]): Promise<string> =>
      words(await (await producer.press(await panelOf(rig), id, chosen)).message());
    assert.match(await press('v1:switch:pause'), /paused/u);
    assert.match(words(await panelOf(rig)), /works while the show runs/u);
    assert.match(await press('v1:switch:resume'), /goes on/u);
    assert.match(await press('v1:pace:', ['30']), /every 30 s/u);
    assert.equal(rig.show.status().paceMs, 30_000);
    // As if an admin had let everybody into the green room.
    const { guildId } = rig.backlot;
    producer.setOverwrite('green-room', guildId, { allow: 1024n });
    const ann = rig.backlot.viewer('Ann');
    const panel = await panelOf(rig);
    for (const id of ['v1:chaos:', 'v1:switch:pause', 'v1:rumour:', 'v1:chaos-now:', 'v1:pace:'])
      assert.match(words(await (await ann.press(panel, id, ['30'])).message()), /Only producers/u, id);
    assert.equal(rig.show.status().mode, 'running');
  });

  test('/doctor finds it gone, and the button hangs it again', async (t) => {
    const rig = await openRig(t);
    const producer = rig.backlot.viewer('Producer');
    producer.deleteMessage(await panelOf(rig));
    const ill = await producer.ask('green-room', 'doctor');
    assert.match(JSON.stringify(ill.embeds), /the panel of the green room/u);
    await producer.press(ill, 'v1:build:/');
    assert.match(words(await producer.untilMessage('green-room', isPanel)), /control room/u);
  });
});

test('a press under the picture and the menu of a line read the mind, in private', async (t) => {
  const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1, episodeRounds: 20 } } });
  await rig.play(3);
  const ann = rig.backlot.viewer('Ann');
  const [first] = rig.show.content.cast;
  assert.ok(first);
  const picture = await ann.untilMessage('the-floor', (message) => message.attachments.length > 0);
  const thought = await (await ann.press(picture, `v1:confess:${first.id}`)).message();
  assert.match(thought.embeds[0]?.title ?? '', new RegExp(`${first.name}, round 3`, 'u'));
  assert.ok(
    !rig.backlot
      .viewer('Ben')
      .readChannel('the-floor')
      .some(({ id }) => id === thought.id),
  );

  const producer = rig.backlot.viewer('Producer');
  const said = rig.show.content.office.rooms
    .flatMap(({ channel }) => producer.readChannel(channel))
    .find((message) => message.webhook_id !== undefined);
  assert.ok(said);
  // Discord asks for Send Messages also for the menu of a message; members read in the rooms.
  assert.throws(() => ann.commandOn(said, 'Confess'), /may not write/u);
  const answer = await (await producer.commandOn(said, 'Confess')).message();
  assert.ok(answer.embeds[0]?.title?.includes(said.author.username));
});
