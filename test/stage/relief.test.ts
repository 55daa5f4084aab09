import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Brain } from '#show/ports/brain.ts';
import { FumbleError } from '#show/ports/brain.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { isBlocked } from '#stage/presentation/blocklist.ts';
import { plainText } from '#stage/presentation/sanitise.ts';
import { everyLine } from '#test/commands/kit.ts';
import { content } from '#test/support/floor.ts';
import { theatre } from '#test/support/theatre.ts';
import { openRig } from './rig.ts';

const broken: Brain = {
  label: 'broken',
  think: () => Promise.reject(new FumbleError('engine_error', 'nothing came out')),
  close: async () => {},
};

const INVITE = 'Join discord.gg/abcdef now';
const LOUD = '@everyone **buy** <@123456789012345678> \u202enow';

/** What no stand-in says; if one did, it must not be shown. */
const hostile: Brain = {
  label: 'hostile',
  think: async ({ observation }) => ({
    decision: {
      thought: INVITE,
      trade: 'Hold',
      size: 'Small',
      speech: `${observation.round % 2 === 0 ? INVITE : LOUD} ${observation.round}`,
      location: observation.rooms[observation.round % observation.rooms.length]?.name ?? observation.roomName,
    },
    raw: '',
    tokens: null,
    ms: 0,
  }),
  close: async () => {},
};

suite('the fallback is as clean as the main path', { concurrency: 4 }, () => {
  test('what the stand-in says goes through the blocklist and the sanitiser, and producers read why it plays', async (t) => {
    const rig = await openRig(t, { staging: { brain: broken, standIn: hostile } });
    const producer = rig.backlot.viewer('Producer');
    while (rig.show.status().bellsUntilLead === null) await rig.play(1);
    assert.match(
      everyLine(await producer.ask('green-room', 'show status')),
      /⚠️ Nearly every turn was fumbled/u,
    );
    await rig.play(6);
    const status = everyLine(await producer.ask('green-room', 'show status'));
    assert.match(status, /hostile, in place of broken/u);
    assert.match(status, /own brain is tried again at the next closing bell/u);
    const said = rig.show.content.office.rooms
      .flatMap(({ channel }) => rig.backlot.viewer('Ann').readChannel(channel))
      .filter(({ webhook_id }) => webhook_id !== undefined)
      .map((message) => message.content);
    assert.ok(
      said.some((line) => line.includes('buy')),
      'the loud line was said',
    );
    for (const line of said) {
      assert.doesNotMatch(line, /discord\.gg|@everyone|<@|\*\*|\u202e/u);
      assert.equal(isBlocked(line), false, line);
    }
  });

  test('the scripted brain in the place of a broken one says nothing that has to be held back or cleaned', async (t) => {
    const playing = theatre(t, {
      brain: broken,
      standIn: createScriptedBrain({ cast: content.cast, seed: 5 }),
    });
    const said: string[] = [];
    playing.show.subscribe((news) => {
      for (const event of 'events' in news ? news.events : [])
        if (event.type === 'spoke' && playing.show.status().bellsUntilLead !== null) said.push(event.text);
    });
    await playing.play(80);
    assert.ok(said.length > 100, `${said.length} lines`);
    for (const line of said) {
      assert.equal(isBlocked(line), false, line);
      assert.equal(plainText(line, 280), line);
    }
  });
});
