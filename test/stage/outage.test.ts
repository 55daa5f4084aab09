import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { APIMessage } from 'discord.js';
import type { Clock } from '#show/ports/ports.ts';
import { systemClock } from '#show/clock.ts';
import { setQuietHours } from '#show/schedule/quiet-hours.ts';
import { hastyClock } from '#test/support/clock.ts';
import { eventually, openHouse, table, type House } from './guild-house.ts';

const PATIENT = { silentMs: Infinity, stuckMs: Infinity, loginEveryMs: 1_000 };
const cardsIn = (house: House, channel: string, title: string): APIMessage[] =>
  house.backlot
    .viewer('Ann')
    .readChannel(channel)
    .filter((message) => message.embeds[0]?.title === title);
const places = ({ show }: House): string[] => [
  'the-tape',
  'the-floor',
  ...show.content.office.rooms.map((room) => room.channel),
];

suite('Discord away', { concurrency: 4 }, () => {
  test('ten minutes: one card a room, boards are right, nothing twice, no stake lost', async (t) => {
    let away = false;
    let overdue = (_nowMs: number): boolean => false;
    // While there is something to show time passes slowly, so that a busy machine loses no lines by itself.
    const clock = hastyClock(3_600_000, (nowMs) => (away ? 600 : overdue(nowMs) ? 3 : 60));
    const house = await openHouse(t, {
      clock,
      patience: PATIENT,
      staging: { paceMs: 60_000, rules: { intermissionRounds: 500 } },
    });
    const { backlot, show } = house;
    overdue = (nowMs) => show.outbox.due(nowMs, 1).length > 0;
    const pool = await table(house);
    const member = (name: string): string => backlot.viewer(name).id;
    const said: string[] = [];
    show.subscribe((news) => {
      for (const event of 'events' in news ? news.events : [])
        if (event.type === 'spoke') said.push(event.text);
    });
    backlot.viewer('Ann').react(pool, '🧮');
    await eventually('Ann’s stake', () => show.audience.stakeOf(member('Ann'))?.outcome === 'alice');
    assert.ok(show.audience.stake(member('Cleo'), 'sarah', 70).ok);

    const playing = house.theatre.play(13);
    await eventually('some lines', () => house.stage.counts().linesSpoken > 3);
    const awayMs = clock.nowMs();
    await backlot.unplug();
    away = true;
    backlot.viewer('Ann').unreact(pool, '🧮');
    backlot.viewer('Ben').react(pool, '🐻');
    await eventually('ten minutes', () => clock.nowMs() - awayMs > 600_000);
    assert.equal(house.stage.connected(), false);
    away = false;
    await backlot.plugIn();
    await playing;
    await eventually('the connection', () => house.stage.connected());
    await eventually('Ben’s stake', () => show.audience.stakeOf(member('Ben'))?.outcome === 'sarah');
    await house.shown();

    assert.equal(show.audience.stakeOf(member('Ann')), null, 'she took her reaction off');
    assert.equal(show.audience.stakeOf(member('Cleo'))?.chips, 70, 'a command needs no reaction');
    assert.equal(show.audience.ledgerSum(), 0);
    for (const place of places(house)) {
      const cards = cardsIn(house, place, '📡 Signal lost');
      assert.ok(cards.length <= 1, `${place} has ${cards.length} cards`);
    }
    assert.ok(places(house).some((place) => cardsIn(house, place, '📡 Signal lost').length === 1));
    const shown = show.content.office.rooms
      .flatMap(({ channel }) => backlot.viewer('Ann').readChannel(channel))
      .filter((message) => message.webhook_id !== undefined);
    assert.ok(shown.length > 0 && shown.length < said.length);
    const times = Map.groupBy(shown, (message) => message.content);
    const saidTimes = Map.groupBy(said, (text) => text.slice(0, 40));
    for (const [content, messages] of times) {
      const spoken = saidTimes.get(content.slice(0, 40))?.length ?? messages.length;
      assert.ok(
        messages.length <= spoken,
        `shown ${messages.length} times, said ${spoken} times: ${content}`,
      );
    }
    const board = backlot
      .viewer('Ann')
      .readChannel('the-floor')
      .find((message) => message.embeds[0]?.title?.startsWith('Leaderboard'));
    const leader = show.board()[0];
    assert.ok(leader && board?.embeds[0]?.description?.includes(leader.name), 'the board is of now');
    assert.equal(show.outbox.pending(), 0);
  });

  test('a bell that rings while Discord is away returns every stake', async (t) => {
    const house = await openHouse(t, {
      patience: PATIENT,
      staging: { rules: { intermissionRounds: 1, episodeRounds: 4 } },
    });
    const { backlot, show } = house;
    const pool = await table(house);
    backlot.viewer('Ann').react(pool, '🧮');
    await eventually('the stake', () => show.audience.stakeOf(backlot.viewer('Ann').id) !== null);
    await backlot.unplug();
    await eventually('the loss of the line', () => !house.stage.connected());
    await house.theatre.play(2);
    assert.equal(show.audience.pools.resultOf('s1e1')?.status, 'refunded');
    await eventually('the edit of the pool to fail', () =>
      house.logged.some(({ message }) => message === 'the pool could not be shown'),
    );
    assert.equal(show.audience.wallet(backlot.viewer('Ann').id).chips, 1_000);
    await backlot.plugIn();
    await house.shown();
    const told = backlot.viewer('Ann').readChannel('betting-window');
    assert.match(JSON.stringify(told.find(({ id }) => id === pool.id)?.embeds), /stakes were returned/u);
  });

  test('in quiet hours nothing is posted; afterwards one card tells of it', async (t) => {
    let nowMs = Date.parse('2026-03-10T23:10:00Z');
    const clock: Clock = {
      nowMs: () => (nowMs += 1),
      sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 30), signal),
    };
    const house = await openHouse(t, {
      clock,
      patience: PATIENT,
      staging: { rules: { intermissionRounds: 1 } },
    });
    const { backlot, show } = house;
    setQuietHours(show.notes, { fromHour: 0, toHour: 7, timeZone: 'Europe/Berlin' });
    await house.theatre.play(3);
    await eventually('the night’s lines to be kept back', () =>
      show.outbox.due(Number.MAX_SAFE_INTEGER, 100).every((row) => row.place === 'betting'),
    );
    for (const place of places(house)) {
      const posts = backlot.viewer('Ann').readChannel(place);
      assert.ok(
        posts.every((message) => message.embeds[0]?.title?.startsWith('Leaderboard')),
        `${place} was not quiet`,
      );
    }
    nowMs = Date.parse('2026-03-11T06:00:30Z');
    await house.play(2);
    for (const place of places(house)) {
      const cards = cardsIn(house, place, '🌙 Quiet hours');
      assert.ok(cards.length <= 1, `${place} has ${cards.length} cards`);
      if (place === 'the-tape') assert.match(cards[0]?.embeds[0]?.description ?? '', /^\d+ lines? between/u);
    }
  });
});
