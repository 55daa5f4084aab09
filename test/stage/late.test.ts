import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { StoreError } from '#store/errors.ts';
import { hastyClock } from '#test/support/clock.ts';
import { dueRows } from '#test/support/outbox.ts';
import { openRig } from './rig.ts';

/** A brain that has something to say every turn. */
const speaks = async () => ({
  decision: {
    thought: '',
    trade: 'Hold',
    size: 'Small',
    speech: 'Mark my words.',
    location: 'VC Office',
  } as const,
  raw: '{}',
  tokens: null,
  ms: 0,
});

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('posts and time', { concurrency: 8 }, () => {
  test('lines that are two rounds old are folded into one card for each place, and lasting news is still told', async (t) => {
    const rules = { intermissionRounds: 2, episodeRounds: 30 };
    // Two rounds have to be longer than a busy machine needs to show what waited, or more grows too old meanwhile.
    const rig = await openRig(t, { staging: { paceMs: 600, rules } });
    const { backlot, show, theatre } = rig;
    const everything = { method: 'POST', route: /^\/(webhooks|channels\/\d+\/messages)/u };
    const away = backlot.misbehave({
      match: everything,
      times: Number.POSITIVE_INFINITY,
      status: 403,
      code: 50013,
    });
    await theatre.play(8);
    away.stop();
    // As after a reconnection: nobody waits for the next try.
    await rig.reopen();
    await rig.shown();

    const ann = backlot.viewer('Ann');
    const places = ['the-tape', 'the-floor', ...show.content.office.rooms.map((room) => room.channel)];
    const cardsOf = (channel: string) =>
      ann.readChannel(channel).filter((message) => message.embeds[0]?.title === '📡 Signal lost');
    for (const place of places)
      assert.ok(cardsOf(place).length <= 1, `${place} has ${cardsOf(place).length} cards`);
    assert.match(
      cardsOf('the-tape')[0]?.embeds[0]?.description ?? '',
      /^\d+ lines between <t:\d+:R> and <t:\d+:R>/u,
    );
    const titles = ann.readChannel('the-tape').map((message) => message.embeds[0]?.title);
    assert.ok(titles.includes('🔔 Opening bell: episode 1'), 'the bell was folded away');
    assert.equal(show.outbox.pending(), 0);
  });

  test('a card that is shown and cannot be noted is noted later, and not shown again', async (t) => {
    const rig = await openRig(t, {
      staging: { paceMs: 600, rules: { intermissionRounds: 2, episodeRounds: 30 } },
    });
    const { backlot, show, theatre } = rig;
    const away = backlot.misbehave({
      match: { method: 'POST', route: /^\/(webhooks|channels\/\d+\/messages)/u },
      times: Number.POSITIVE_INFINITY,
      status: 403,
      code: 50013,
    });
    await theatre.play(8);
    away.stop();
    const { outbox } = show;
    const noted = outbox.lostTold.bind(outbox);
    const refused = new Set<string>();
    outbox.lostTold = (place, lost) => {
      if (refused.has(place)) return noted(place, lost);
      refused.add(place);
      throw new StoreError('full', 'show.sqlite', 'No room to write the show');
    };
    let cards = 0;
    backlot.onRequest(({ method, body }) => {
      if (method === 'POST' && JSON.stringify(body ?? null).includes('Signal lost')) cards += 1;
    });
    await rig.reopen();
    await rig.shown();
    assert.ok(refused.size > 0, 'members missed something');
    assert.equal(cards, refused.size, 'one card for each place');
  });

  test('posts are spread over the round, as speech is', async (t) => {
    const rig = await openRig(t, { staging: { paceMs: 500 } });
    await rig.theatre.play(1);
    const waiting = dueRows(rig.show.outbox, Infinity, 100);
    const now = Date.now();
    assert.ok(
      waiting.some((row) => row.dueMs > now),
      'nothing is planned for later',
    );
    await rig.shown();
    assert.ok(
      Date.now() >= Math.max(...waiting.map((row) => row.dueMs)),
      'a post was shown before it was due',
    );
  });

  test('somebody is seen typing in a room before a line is said there', async (t) => {
    const seen: string[] = [];
    const hasTyped = (): boolean => seen.some((each) => each.startsWith('types in '));
    const rig = await openRig(t, {
      // True time until somebody types: a busy machine may not come to it before all lines are due.
      clock: hastyClock(600_000, () => (hasTyped() ? 20 : 1)),
      patience: { silentMs: Infinity, stuckMs: Infinity },
      staging: { paceMs: 10_000, faults: { alice: speaks, alex: speaks, mike: speaks, sarah: speaks } },
    });
    rig.backlot.onRequest(({ method, route, path }) => {
      const channelId = path.split('/')[2] ?? '';
      if (method === 'POST' && route === '/channels/:channelId/typing') seen.push(`types in ${channelId}`);
      if (method === 'POST' && route === '/webhooks/:webhookId/:webhookToken') seen.push('speaks');
    });
    await rig.theatre.play(2);
    await rig.shown();
    const typing = seen.findIndex((each) => each.startsWith('types in '));
    assert.ok(typing >= 0 && seen.indexOf('speaks', typing) > typing, seen.join(', '));
    const rooms = new Set(rig.show.stageRecord.channels().map(({ channelId }) => `types in ${channelId}`));
    for (const each of seen) assert.ok(each === 'speaks' || rooms.has(each), each);
  });
});
