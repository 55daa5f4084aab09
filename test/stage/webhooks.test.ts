import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { APIMessage } from 'discord.js';
import { admin } from './admin.ts';
import { eventually, inHaste, openRig, type Rig } from './rig.ts';

interface Webhook {
  id: string;
  name: string;
  channel_id: string;
}

const channelOf = (rig: Rig, room: string): string => rig.show.stageRecord.channel(room) ?? '';
const idOf = (rig: Rig, room: string, trader: string): string =>
  rig.show.stageRecord.webhook(room, trader)?.id ?? '';
const webhooksIn = (rig: Rig, channelId: string): Promise<Webhook[]> =>
  admin(rig, 'GET', `/channels/${channelId}/webhooks`);
const namesIn = async (rig: Rig, room: string): Promise<string> =>
  (await webhooksIn(rig, channelOf(rig, room)))
    .map(({ name }) => name)
    .sort()
    .join();
const spokenIn = (rig: Rig, channel: string): APIMessage[] =>
  rig.backlot
    .viewer('Producer')
    .readChannel(channel)
    .filter((message) => message.webhook_id !== undefined);

async function eventuallyIn(what: string, check: () => Promise<boolean>): Promise<void> {
  const patience = AbortSignal.timeout(20_000);
  while (!(await check())) {
    assert.ok(!patience.aborted, `waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

const ALL = 'Alex,Alice,Mike,Sarah';

async function generalOf(rig: Rig): Promise<string> {
  const channels = await admin<{ id: string; name: string }[]>(
    rig,
    'GET',
    `/guilds/${rig.backlot.guildId}/channels`,
  );
  return channels.find(({ name }) => name === 'general')?.id ?? '';
}

suite('somebody changes the traders’ webhooks', { concurrency: 4 }, () => {
  test('a webhook that was moved is brought back, with the name and portrait that it had', async (t) => {
    const rig = await openRig(t, inHaste());
    const id = idOf(rig, 'coffee-shop', 'mike');
    await admin(rig, 'PATCH', `/webhooks/${id}`, { channel_id: await generalOf(rig) });
    await eventuallyIn('Mike’s return', async () => (await namesIn(rig, 'coffee-shop')) === ALL);
    assert.equal(idOf(rig, 'coffee-shop', 'mike'), id);
    assert.deepEqual(await webhooksIn(rig, await generalOf(rig)), []);
  });

  test('a line through a moved webhook is deleted there and said where it belongs, once', async (t) => {
    const rig = await openRig(t, inHaste());
    const moves: unknown[] = [];
    rig.backlot.onRequest(({ method, route, body }) => {
      if (method === 'PATCH' && route === '/webhooks/:webhookId') moves.push(body);
    });
    const said: string[] = [];
    rig.show.subscribe((news) => {
      for (const event of 'events' in news ? news.events : [])
        if (event.type === 'spoke') said.push(event.text);
    });
    const general = await generalOf(rig);
    // The bot does not hear of the move: only the line itself shows it.
    rig.backlot.gateway.cutAll();
    const rooms = rig.show.content.office.rooms.map((room) => room.id);
    for (const room of rooms)
      for (const { id } of rig.show.content.cast)
        await admin(rig, 'PATCH', `/webhooks/${idOf(rig, room, id)}`, { channel_id: general });
    rig.backlot.gateway.forgetSessions();
    moves.length = 0;
    await rig.play(3);
    const shown = rig.show.content.office.rooms.flatMap(({ channel }) => spokenIn(rig, channel));
    assert.equal(shown.length, said.length);
    await eventually(
      'the lines in the wrong channel to be deleted',
      () => spokenIn(rig, 'general').length === 0,
    );
    assert.ok(moves.length > 0 && moves.length <= 16, `${moves.length} moves`);
  });

  test('a webhook that may not be moved back is deleted, and another speaks in its place', async (t) => {
    const rig = await openRig(t, inHaste());
    const id = idOf(rig, 'coffee-shop', 'mike');
    await admin(rig, 'PATCH', `/webhooks/${id}`, { channel_id: await generalOf(rig) });
    rig.backlot.misbehave({
      match: { method: 'PATCH', route: '/webhooks/:webhookId' },
      status: 403,
      code: 50013,
    });
    await eventuallyIn('another Mike', async () => (await namesIn(rig, 'coffee-shop')) === ALL);
    await eventually('the note of it', () => idOf(rig, 'coffee-shop', 'mike') !== id);
    assert.deepEqual(await webhooksIn(rig, await generalOf(rig)), []);
  });

  test('a webhook that was deleted is made again before it has to speak', async (t) => {
    const rig = await openRig(t, inHaste());
    await admin(rig, 'DELETE', `/webhooks/${idOf(rig, 'vc-office', 'sarah')}`);
    await eventuallyIn('another Sarah', async () => (await namesIn(rig, 'vc-office')) === ALL);
    await rig.play(1);
  });

  test('a webhook that was renamed gets its name back, but not for ever against somebody who insists', async (t) => {
    const rig = await openRig(t, { ...inHaste(), setUp: true });
    const id = idOf(rig, 'news-room', 'alice');
    const rename = (name: string): Promise<null> => admin(rig, 'PATCH', `/webhooks/${id}`, { name });
    await rename('Malice');
    await eventuallyIn('her name', async () => (await namesIn(rig, 'news-room')) === ALL);
    const gaveUp = (): boolean => rig.logged.some(({ message }) => message.includes('again and again'));
    for (let times = 0; times < 8 && !gaveUp(); times++) {
      await rename('Malice');
      await eventuallyIn(
        'her name, or an end',
        async () => gaveUp() || (await namesIn(rig, 'news-room')) === ALL,
      );
    }
    assert.ok(gaveUp());
    assert.match(await namesIn(rig, 'news-room'), /Malice/u);
    const again = await rig.stage.setUp(rig.backlot.guildId);
    assert.ok(again.ok);
    assert.match(again.report.mended.join(), /Alice in the News Room: under the right name again/u);
  });
});
