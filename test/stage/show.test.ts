import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { MessageFlags, MessageType } from 'discord.js';
import { FumbleError } from '#show/ports/brain.ts';
import { openRig, pixelPainter, type Rig } from './rig.ts';

const roomsOf = ({ show }: Rig): string[] => show.content.office.rooms.map((room) => room.channel);

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('what is shown where', { concurrency: 8 }, () => {
  test('lines appear in the rooms where they were said, in the name of whoever said them', async (t) => {
    const rig = await openRig(t);
    const { backlot, play, show, stage } = rig;
    const said: { room: string; trader: string; text: string }[] = [];
    show.subscribe((news) => {
      for (const event of 'events' in news ? news.events : []) {
        if (event.type !== 'spoke') continue;
        const channel = show.content.office.rooms.find((room) => room.id === event.room)?.channel ?? '';
        const name = show.content.cast.find((persona) => persona.id === event.trader)?.name ?? '';
        said.push({ room: channel, trader: name, text: event.text.replaceAll(/[^a-z]/giu, '') });
      }
    });
    await play(6);

    const ann = backlot.viewer('Ann');
    const shown = roomsOf(rig).flatMap((room) =>
      ann
        .readChannel(room)
        .filter((message) => message.webhook_id !== undefined)
        .map((message) => ({
          room,
          trader: message.author.username,
          text: message.content.replaceAll(/[^a-z]/giu, ''),
        })),
    );
    const inRoom = (room: string) => (line: { room: string }) => line.room === room;
    for (const room of roomsOf(rig))
      assert.deepEqual(shown.filter(inRoom(room)), said.filter(inRoom(room)), room);
    assert.ok(shown.length > 0);
    assert.equal(stage.counts().linesSpoken, shown.length);
    assert.equal(stage.counts().failures, 0);
    assert.equal(show.outbox.pending(), 0);
  });

  test('no thought ever reaches a channel', async (t) => {
    const rig = await openRig(t);
    await rig.play(8);
    const seen = ['the-tape', 'the-floor', 'betting-window', ...roomsOf(rig)]
      .flatMap((channel) => rig.backlot.viewer('Ann').readChannel(channel))
      .map((message) => JSON.stringify([message.content, message.embeds]).replaceAll('\\', ''))
      .join('\n');
    for (const trader of rig.show.content.cast) {
      for (let round = 1; round <= 8; round++) {
        const turn = rig.show.confess(trader.id, round);
        assert.ok(turn.ok);
        const { thought, speech } = turn.value.decision;
        if (thought !== '' && thought !== speech)
          assert.ok(!seen.includes(thought), `${trader.name} was overheard thinking: ${thought}`);
      }
    }
  });

  test('the tape carries bells, news and deals, and never the regime', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1, episodeRounds: 4 } } });
    await rig.play(6);
    const tape = rig.backlot.viewer('Ann').readChannel('the-tape');
    const text = tape
      .map(
        (message) =>
          `${message.content}\n${message.embeds.map((it) => `${it.title}\n${it.description}`).join('\n')}`,
      )
      .join('\n');
    assert.match(text, /Opening bell: episode 1/u);
    assert.match(text, /Closing bell: episode 1/u);
    assert.match(text, /📰 \*\*/u);
    assert.match(
      text,
      /💼 \*\*\w+\*\* rotates (a small part|half|everything) into (Tech|Crypto|Bonds): (buys|sells) [\d.,]+/u,
    );
    assert.match(text, /Tech \$[\d.]+ [▲▼▬]\u00A0[+−]\d/u);
    for (const regime of rig.show.content.market.regimes)
      assert.ok(!text.includes(regime.name), `the tape names ${regime.name}`);
  });

  test('the floor is shown as a picture with an alt text, and as text when it cannot be painted', async (t) => {
    let broken = false;
    const painter = {
      ...pixelPainter,
      round: async () => {
        throw new Error('no film today');
      },
      floor: async () => {
        if (broken) throw new Error('no canvas today');
        return await pixelPainter.floor({} as never, AbortSignal.timeout(1));
      },
    };
    const rig = await openRig(t, { painter });
    await rig.play(1);
    broken = true;
    await rig.play(1);
    const floor = rig.backlot.viewer('Ann').readChannel('the-floor');
    const picture = floor.find((message) => message.attachments.length > 0);
    assert.match(
      picture?.attachments[0]?.description ?? '',
      /The office in round 1\. .*VC Office: Alex, Alice, Mike, Sarah\./u,
    );
    assert.ok(floor.some((message) => message.embeds[0]?.title === 'The floor, round 2'));
    assert.equal(rig.stage.counts().pictures, 2);
  });

  test('the leaderboard is pinned once and edited in place', async (t) => {
    const rig = await openRig(t);
    await rig.play(2);
    await rig.play(2);
    const boards = rig.backlot
      .viewer('Ann')
      .readChannel('the-floor')
      .filter((message) => message.embeds[0]?.title?.startsWith('Leaderboard'));
    assert.equal(boards.length, 1);
    assert.equal(boards[0]?.pinned, true);
    assert.match(boards[0]?.embeds[0]?.description ?? '', /\*\*1\.\*\* .* \*\*\w+\*\* \$[\d,.]+/u);
  });

  test('nothing that the show posts makes a sound', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1, episodeRounds: 2 } } });
    await rig.play(4);
    const { backlot, show } = rig;
    const places = ['the-tape', 'the-floor', 'betting-window', ...roomsOf(rig)];
    const loud = places
      .flatMap((channel) => backlot.viewer('Ann').readChannel(channel))
      // Discord's own line about a pinned message is not from the show.
      .filter(({ type }) => type === MessageType.Default)
      .filter(({ flags = 0 }) => (flags & MessageFlags.SuppressNotifications) === 0);
    assert.deepEqual(
      loud.map(({ content, embeds }) => content || embeds[0]?.title),
      [],
    );
    assert.ok(show.outbox.counts().sent > 20);
  });

  test('a trader who fumbles stares into space on the picture, and no post says so', async (t) => {
    const rig = await openRig(t, {
      staging: {
        faults: {
          mike: async () => {
            throw new FumbleError('timeout', 'the model stalled');
          },
        },
      },
    });
    await rig.play(2);
    assert.equal(rig.show.floorView().traders.find(({ id }) => id === 'mike')?.gesture, 'stares');
    const seen = roomsOf(rig)
      .flatMap((room) => rig.backlot.viewer('Ann').readChannel(room))
      .map((message) => message.content);
    assert.ok(seen.length > 0 && !seen.some((content) => /stares/u.test(content)), seen.join('\n'));
  });

  test('a restart goes on where the stage stopped and repeats nothing', async (t) => {
    const rig = await openRig(t);
    await rig.play(2);
    const before = roomsOf(rig).map((room) => rig.backlot.viewer('Ann').readChannel(room).length);
    await rig.reopen();
    await rig.shown();
    assert.deepEqual(
      roomsOf(rig).map((room) => rig.backlot.viewer('Ann').readChannel(room).length),
      before,
    );
    await rig.play(2);
    assert.equal(rig.show.outbox.pending(), 0);
  });
});
