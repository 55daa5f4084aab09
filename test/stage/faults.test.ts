import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { APIMessage } from 'discord.js';
import { hastyClock } from '#test/support/clock.ts';
import { dueRows } from '#test/support/outbox.ts';
import { eventually, inHaste, openRig, openForTest, openTestStage, type Rig } from './rig.ts';

const HOOK = '/webhooks/:webhookId/:webhookToken';
const MESSAGES = '/channels/:channelId/messages';

const roomsOf = ({ show }: Rig): string[] => show.content.office.rooms.map((room) => room.channel);

function linesShown(rig: Rig): string[] {
  return roomsOf(rig)
    .flatMap((room) => rig.backlot.viewer('Ann').readChannel(room))
    .filter((message) => message.webhook_id !== undefined)
    .map((message: APIMessage) => `${message.author.username}: ${message.content}`)
    .sort();
}

/** Every line that is spoken from now on, as it should be seen. */
function listen({ show }: Rig): string[] {
  const said: string[] = [];
  show.subscribe((news) => {
    for (const event of 'events' in news ? news.events : [])
      if (event.type === 'spoke') said.push(event.text);
  });
  return said;
}

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('the stage when Discord misbehaves', { concurrency: 8 }, () => {
  test('a line whose answer is lost is looked up and not said twice', async (t) => {
    const rig = await openRig(t, inHaste());
    const said = listen(rig);
    const fault = rig.backlot.misbehave({
      match: { method: 'POST', route: HOOK },
      times: 3,
      drop: true,
      afterEffect: true,
    });
    await rig.play(4);
    assert.equal(fault.hits, 3);
    assert.equal(linesShown(rig).length, said.length);
  });

  test('a line that never arrived is said again', async (t) => {
    const rig = await openRig(t, inHaste());
    const said = listen(rig);
    const fault = rig.backlot.misbehave({ match: { method: 'POST', route: HOOK }, times: 2, status: 503 });
    await rig.play(4);
    assert.equal(fault.hits, 2);
    assert.equal(linesShown(rig).length, said.length);
  });

  test('a tape line whose answer is lost appears once', async (t) => {
    const rig = await openRig(t, inHaste({ rules: { intermissionRounds: 1 } }));
    await rig.play(1);
    rig.backlot.misbehave({
      match: { method: 'POST', route: MESSAGES },
      times: 4,
      drop: true,
      afterEffect: true,
    });
    await rig.play(2);
    const texts = rig.backlot
      .viewer('Ann')
      .readChannel('the-tape')
      .map((message) => message.content + JSON.stringify(message.embeds.map((embed) => embed.title)));
    assert.equal(new Set(texts).size, texts.length, texts.join('\n'));
  });

  test('webhooks that were deleted by hand are made again, each once, and the lines are said', async (t) => {
    const rig = await openRig(t, inHaste());
    const said = listen(rig);
    const spokeIn = new Set<string>();
    rig.show.subscribe((news) => {
      for (const event of 'events' in news ? news.events : [])
        if (event.type === 'spoke' && event.trader === 'sarah') spokeIn.add(event.room);
    });
    const made: string[] = [];
    rig.backlot.onRequest(({ method, route, path, status }) => {
      if (method === 'POST' && route === '/channels/:channelId/webhooks' && status === 200) made.push(path);
    });
    for (const { trader, id, token } of rig.show.stageRecord.webhooks()) {
      if (trader !== 'sarah') continue;
      const answer = await fetch(`${rig.backlot.restApi}/v10/webhooks/${id}/${token}`, { method: 'DELETE' });
      assert.equal(answer.status, 204);
    }
    await rig.play(6);
    assert.ok(spokeIn.size > 0, 'Sarah says something somewhere');
    assert.equal(linesShown(rig).length, said.length);
    // They are made when she has to speak, or as soon as Discord reports that they are gone, but only by one of the two.
    assert.ok(made.length >= spokeIn.size, `${made.length} made`);
    assert.equal(new Set(made).size, made.length, 'one a room');
  });

  test('a channel that was deleted by hand is made again with its webhooks', async (t) => {
    const rig = await openRig(t, inHaste());
    const tape = rig.show.stageRecord.channel('tape');
    const answer = await fetch(`${rig.backlot.restApi}/v10/channels/${tape}`, {
      method: 'DELETE',
      headers: { authorization: `Bot ${rig.backlot.token}` },
    });
    assert.equal(answer.status, 200);
    await rig.play(4);
    assert.notEqual(rig.show.stageRecord.channel('tape'), tape);
    assert.ok(rig.backlot.viewer('Ann').readChannel('the-tape').length > 0);
  });

  test('a channel that is gone is made again, even with a post that may have been in it', async (t) => {
    const rig = await openRig(t, inHaste({ rules: { intermissionRounds: 1 } }));
    const tape = rig.show.stageRecord.channel('tape');
    const fault = rig.backlot.misbehave({
      match: { method: 'POST', route: new RegExp(`^/channels/${tape}/messages`, 'u') },
      times: Number.POSITIVE_INFINITY,
      status: 504,
    });
    await rig.theatre.play(2);
    const unknown = () => dueRows(rig.show.outbox, Infinity, 50).some((row) => row.status === 'unknown');
    await eventually('a post that may have arrived', unknown);
    const answer = await fetch(`${rig.backlot.restApi}/v10/channels/${tape}`, {
      method: 'DELETE',
      headers: { authorization: `Bot ${rig.backlot.token}` },
    });
    assert.equal(answer.status, 200);
    fault.stop();
    await rig.shown();
    assert.notEqual(rig.show.stageRecord.channel('tape'), tape);
    assert.ok(rig.backlot.viewer('Ann').readChannel('the-tape').length > 0);
  });

  test('a place that Discord forbids does not hold up the others, and the log names it without any token', async (t) => {
    const rig = await openRig(t, inHaste());
    const tape = rig.show.stageRecord.channel('tape');
    const fault = rig.backlot.misbehave({
      match: { route: new RegExp(`^/channels/${tape}/messages`, 'u') },
      times: Number.POSITIVE_INFINITY,
      status: 403,
      code: 50013,
    });
    await rig.theatre.play(5);
    await rig.backlot.viewer('Ann').untilMessage('vc-office');
    await rig.backlot.viewer('Ann').untilMessage('betting-window');
    assert.ok(fault.hits > 0);
    const complaint = rig.logged.find(
      ({ level, message }) => level === 'error' && message.includes('trying again'),
    );
    assert.match(
      JSON.stringify(complaint?.details),
      /"place":"tape".*"code":50013.*"route":"POST \/api\/v10\/channels\/\d+\/messages"/u,
    );
    fault.stop();
    await rig.shown();
    for (const { token } of rig.show.stageRecord.webhooks()) {
      assert.ok(!JSON.stringify(rig.logged).includes(token), 'a webhook token is in the log');
    }
  });

  test('a rate limit is waited out', async (t) => {
    const rig = await openRig(t, inHaste());
    const said = listen(rig);
    rig.backlot.misbehave({
      match: { method: 'POST', route: HOOK },
      times: 2,
      status: 429,
      retryAfterMs: 150,
    });
    await rig.play(3);
    assert.equal(linesShown(rig).length, said.length);
    assert.equal(rig.stage.counts().failures, 0);
  });

  test('a post that Discord finds malformed is left out, and the rest goes on', async (t) => {
    const rig = await openRig(t, inHaste());
    const said = listen(rig);
    rig.backlot.misbehave({ match: { method: 'POST', route: HOOK }, times: 1, status: 400, code: 50035 });
    await rig.play(3);
    assert.equal(linesShown(rig).length, said.length - 1);
    assert.ok(rig.logged.some(({ message }) => message.includes('left out')));
  });

  test('what the last process was sending is settled after a restart', async (t) => {
    const rig = await openRig(t, inHaste({ onDisk: true }));
    const said = listen(rig);
    // The first line arrives, but its answer does not come until the stage is closed.
    const fault = rig.backlot.misbehave({
      match: { method: 'POST', route: HOOK },
      times: 1,
      delayMs: 1_000,
      afterEffect: true,
    });
    await rig.theatre.play(2);
    await rig.backlot.viewer('Ann').until(() => fault.hits === 1);
    await rig.stage.close();
    const again = rig.theatre.restart();
    rig.stage = await openTestStage(rig.backlot);
    await rig.stage.attach(rig.backlot.guildId, again.show);
    await rig.shown();
    assert.equal(linesShown(rig).length, said.length);
  });

  test('a lost connection is resumed', async (t) => {
    const rig = await openRig(t);
    await rig.play(1);
    rig.backlot.gateway.cutAll();
    await rig.play(2);
    assert.equal(rig.show.outbox.pending(), 0);
    for (const patience = AbortSignal.timeout(5_000); !rig.stage.connected();) {
      patience.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  test('a token that Discord refuses is reported once, with the cure', async (t) => {
    const backlot = await openForTest(t);
    const fatal: string[] = [];
    await assert.rejects(
      openTestStage(backlot, {
        settings: { token: 'wrong', api: backlot.restApi, cdn: backlot.cdn },
        onFatal: (message) => fatal.push(message),
      }),
    );
    assert.equal(fatal.length, 1);
    assert.match(fatal[0] ?? '', /DISCORD_TOKEN/u);
  });

  test('a gateway that refuses the token for good is reported, with the cure', async (t) => {
    const rig = await openRig(t);
    rig.backlot.gateway.closeAll(4004);
    const waitUntil = Date.now() + 3_000;
    while (rig.fatal.length === 0 && Date.now() < waitUntil)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(rig.fatal.join(), /4004.*DISCORD_TOKEN/u);
    assert.equal(rig.stage.connected(), false);
  });

  test('when Discord is out of reach at the start, the bot waits', async (t) => {
    const backlot = await openForTest(t);
    const fault = backlot.misbehave({ match: { route: '/gateway/bot' }, times: 4, status: 502 });
    const stage = await openTestStage(backlot, { clock: hastyClock(0, 20) });
    assert.ok(fault.hits >= 4);
    assert.ok(stage.connected());
  });
});
