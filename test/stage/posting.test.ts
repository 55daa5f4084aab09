import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { systemClock } from '#show/clock.ts';
import type { Planned } from '#show/ports/outbox.ts';
import { until } from '#test/support/process.ts';
import { inHaste, openRig, type Rig } from './rig.ts';

const trade = (nth: number): Planned => ({
  place: 'tape',
  post: {
    kind: 'event',
    event: {
      type: 'headlineBroke',
      headline: { text: `Headline ${nth}`, names: null, tone: 'flat', source: 'wire', round: 1 },
    },
  },
  afterMs: 0,
});

function post(rig: Rig, planned: readonly Planned[]): void {
  rig.theatre.store.show.post(planned, rig.show.state.round, 0);
}

const linesIn = (rig: Rig, channel: string): string[] =>
  rig.backlot
    .viewer('Ann')
    .readChannel(channel)
    .map(({ content }) => content);

const spoken = (rig: Rig): number =>
  rig.show.content.office.rooms
    .flatMap(({ channel }) => rig.backlot.viewer('Ann').readChannel(channel))
    .filter(({ webhook_id }) => webhook_id !== undefined).length;

function refuseTape(rig: Rig) {
  const tape = rig.show.stageRecord.channel('tape') ?? '';
  return rig.backlot.misbehave({
    match: { method: 'POST', route: new RegExp(`^/channels/${tape}/messages$`) },
    status: 403,
    code: 50013,
    times: Number.POSITIVE_INFINITY,
  });
}

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('what is shown where', { concurrency: 4 }, () => {
  test('a place that Discord refuses silences no other, however much waits for it', async (t) => {
    const rig = await openRig(t, inHaste());
    await rig.play(2);
    const fault = refuseTape(rig);
    post(
      rig,
      Array.from({ length: 1_200 }, (_, nth) => trade(nth)),
    );
    const before = spoken(rig);
    let said = 0;
    rig.show.subscribe((news) => {
      for (const event of 'events' in news ? news.events : []) if (event.type === 'spoke') said += 1;
    });
    await rig.theatre.play(4);
    assert.ok(said > 0);
    await until(() => spoken(rig) - before === said);
    assert.ok(fault.hits > 0, 'the tape was tried, and refused');
    fault.stop();
    // The posts that wait for the tape do not matter here.
    rig.theatre.store.outbox.folded(
      rig.theatre.store.outbox.waiting('tape', 2_000).map(({ id }) => id),
      'nothing',
    );
  });

  test('posts for a place that Discord refuses are not read at every look', async (t) => {
    const rig = await openRig(t, inHaste());
    await rig.play(1);
    const fault = refuseTape(rig);
    post(
      rig,
      Array.from({ length: 300 }, (_, nth) => trade(nth)),
    );
    const { outbox } = rig.show;
    const real = { ...outbox };
    let bodies = 0;
    outbox.read = (rows) => {
      bodies += rows.filter(({ place }) => place === 'tape').length;
      return real.read(rows);
    };
    await rig.theatre.play(3);
    await until(() => fault.hits > 0);
    assert.ok(bodies <= fault.hits * 50 + 50, `${bodies} posts were read for ${fault.hits} tries`);
    fault.stop();
    outbox.read = (rows) => real.read(rows);
  });

  test('they are not checked for age at every look either, but once in a round or a try', async (t) => {
    const rig = await openRig(t, inHaste({ paceMs: 3_000 }));
    await rig.play(1);
    const fault = refuseTape(rig);
    const { outbox } = rig.show;
    const real = { ...outbox };
    let looks = 0;
    let gone = 0;
    outbox.places = () => {
      looks += 1;
      return real.places();
    };
    outbox.overdue = (place, ...rest) => {
      if (place === 'tape') gone += 1;
      return real.overdue(place, ...rest);
    };
    await rig.theatre.play(4);
    for (let nth = 0; nth < 50; nth++) {
      // Waiting until everything is shown makes the publisher look at once.
      await assert.rejects(rig.stage.drained(AbortSignal.abort()));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(looks > 50, `${looks} looks`);
    const rounds = 4;
    assert.ok(gone <= rounds + fault.hits + 2, `gone through ${gone} times in ${rounds} rounds`);
    fault.stop();
  });

  test('a message of several lines whose answer is lost is found whole, although its lines grew old meanwhile', async (t) => {
    const rig = await openRig(
      t,
      inHaste({ paceMs: 3_000, rules: { intermissionRounds: 1, episodeRounds: 40 } }),
    );
    const tape = rig.show.stageRecord.channel('tape') ?? '';
    const blind = rig.backlot.misbehave({
      match: { method: 'GET', route: new RegExp(`^/channels/${tape}/messages$`) },
      status: 500,
      times: Number.POSITIVE_INFINITY,
    });
    const lost = rig.backlot.misbehave({
      match: { method: 'POST', route: new RegExp(`^/channels/${tape}/messages$`) },
      times: 4,
      drop: true,
      afterEffect: true,
    });
    post(rig, [trade(1), trade(2), trade(3)]);
    await rig.theatre.play(6);
    assert.ok(lost.hits > 0);
    lost.stop();
    blind.stop();
    await rig.shown();
    for (const nth of [1, 2, 3]) {
      const shown = linesIn(rig, 'the-tape').filter((content) => content.includes(`Headline ${nth}`));
      assert.equal(shown.length, 1, `headline ${nth}: ${shown.join(' | ')}`);
    }
  });

  test('a line whose answer was lost is not said twice, even if its webhook was deleted since', async (t) => {
    const rig = await openRig(t, inHaste());
    const said: { room: string; trader: string }[] = [];
    rig.show.subscribe((news) => {
      for (const event of 'events' in news ? news.events : []) if (event.type === 'spoke') said.push(event);
    });
    const blind = rig.backlot.misbehave({
      match: { method: 'GET', route: '/channels/:channelId/messages' },
      status: 500,
      times: Number.POSITIVE_INFINITY,
    });
    const lost = rig.backlot.misbehave({
      match: { method: 'POST', route: /^\/webhooks\// },
      drop: true,
      afterEffect: true,
    });
    await rig.theatre.play(1);
    await until(() => lost.hits === 1 && blind.hits > 0);
    for (const { room, trader } of said) {
      const webhook = rig.show.stageRecord.webhook(room, trader);
      assert.ok(webhook);
      await fetch(`${rig.backlot.restApi}/v10/webhooks/${webhook.id}/${webhook.token}`, { method: 'DELETE' });
    }
    blind.stop();
    await rig.shown();
    assert.equal(spoken(rig), said.length);
  });

  test('a message is found, however many messages others wrote after it', async (t) => {
    const rig = await openRig(t, inHaste());
    const tape = rig.show.stageRecord.channel('tape') ?? '';
    const matching = (method: string) => ({
      method,
      route: new RegExp(`^/channels/${tape}/messages$`, 'u'),
    });
    const blind = rig.backlot.misbehave({
      match: matching('GET'),
      status: 500,
      times: Number.POSITIVE_INFINITY,
    });
    const lost = rig.backlot.misbehave({ match: matching('POST'), drop: true, afterEffect: true, times: 4 });
    post(rig, [trade(1)]);
    await rig.theatre.play(1);
    await until(() => lost.hits > 0 && blind.hits > 0);
    lost.stop();
    for (let nth = 0; nth < 150; nth++)
      await fetch(`${rig.backlot.restApi}/v10/channels/${tape}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${rig.backlot.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content: `Another ${nth}` }),
      });
    blind.stop();
    await rig.shown();
    assert.equal(linesIn(rig, 'the-tape').filter((content) => content.includes('Headline 1')).length, 1);
  });

  test('with a clock that is an hour ahead of Discord, a line whose answer was lost is not doubled', async (t) => {
    const clock = { ...systemClock, nowMs: () => Date.now() + 3_600_000 };
    const rig = await openRig(t, { clock, patience: { silentMs: Infinity, stuckMs: Infinity } });
    const said: string[] = [];
    rig.show.subscribe((news) => {
      for (const event of 'events' in news ? news.events : [])
        if (event.type === 'spoke') said.push(event.text);
    });
    const lost = rig.backlot.misbehave({
      match: { method: 'POST', route: /^\/webhooks\// },
      times: 3,
      drop: true,
      afterEffect: true,
    });
    await rig.play(4);
    assert.equal(lost.hits, 3);
    assert.equal(spoken(rig), said.length);
  });
});
