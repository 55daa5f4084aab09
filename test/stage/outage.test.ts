import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { MessageType, type APIMessage } from 'discord.js';
import { setQuietHours } from '#show/schedule/quiet-hours.ts';
import { StoreError } from '#store/errors.ts';
import { hastyClock, restlessClock } from '#test/support/clock.ts';
import { dueRows } from '#test/support/outbox.ts';
import { eventually, openRig, table, type Rig } from './rig.ts';

const PATIENT = { silentMs: Infinity, stuckMs: Infinity, loginEveryMs: 1_000 };
const cardsIn = (rig: Rig, channel: string, title: string): APIMessage[] =>
  rig.backlot
    .viewer('Ann')
    .readChannel(channel)
    .filter((message) => message.embeds[0]?.title === title);
const places = ({ show }: Rig): string[] => [
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
    const rig = await openRig(t, {
      clock,
      patience: PATIENT,
      staging: { paceMs: 60_000, rules: { intermissionRounds: 500 } },
    });
    const { backlot, show } = rig;
    overdue = (nowMs) => dueRows(show.outbox, nowMs, 1).length > 0;
    const pool = await table(rig);
    const member = (name: string): string => backlot.viewer(name).id;
    const said: string[] = [];
    show.subscribe((news) => {
      for (const event of 'events' in news ? news.events : [])
        if (event.type === 'spoke') said.push(event.text);
    });
    backlot.viewer('Ann').react(pool, '🧮');
    await eventually('Ann’s stake', () => show.audience.stakeOf(member('Ann'))?.outcome === 'alice');
    assert.ok(show.audience.stake(member('Cleo'), 'sarah', 70).ok);

    const playing = rig.theatre.play(13);
    await eventually('some lines', () => rig.stage.counts().linesSpoken > 3);
    const awayMs = clock.nowMs();
    await backlot.unplug();
    away = true;
    backlot.viewer('Ann').unreact(pool, '🧮');
    backlot.viewer('Ben').react(pool, '🐻');
    await eventually('ten minutes', () => clock.nowMs() - awayMs > 600_000);
    assert.equal(rig.stage.connected(), false);
    away = false;
    await backlot.plugIn();
    await playing;
    await eventually('the connection', () => rig.stage.connected());
    await eventually('Ben’s stake', () => show.audience.stakeOf(member('Ben'))?.outcome === 'sarah');
    await rig.shown();

    const loud = rig.logged.filter(({ level }) => level === 'warn' || level === 'error');
    const byTrouble = Map.groupBy(loud, ({ message, details }) =>
      [message, 'place' in details ? details.place : ''].join(' in '),
    );
    for (const [trouble, lines] of byTrouble)
      assert.ok(lines.length <= 6, `${lines.length} times: ${trouble}`);

    assert.equal(show.audience.stakeOf(member('Ann')), null, 'she took her reaction off');
    assert.equal(show.audience.stakeOf(member('Cleo'))?.chips, 70, 'a command needs no reaction');
    assert.equal(show.audience.ledgerSum(), 0);
    for (const place of places(rig)) {
      const cards = cardsIn(rig, place, '📡 Signal lost');
      assert.ok(cards.length <= 1, `${place} has ${cards.length} cards`);
    }
    assert.ok(places(rig).some((place) => cardsIn(rig, place, '📡 Signal lost').length === 1));
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
    const rig = await openRig(t, {
      patience: PATIENT,
      staging: { rules: { intermissionRounds: 1, episodeRounds: 4 } },
    });
    const { backlot, show } = rig;
    const pool = await table(rig);
    backlot.viewer('Ann').react(pool, '🧮');
    await eventually('the stake', () => show.audience.stakeOf(backlot.viewer('Ann').id) !== null);
    await backlot.unplug();
    await eventually('the loss of the line', () => !rig.stage.connected());
    await rig.theatre.play(2);
    assert.equal(show.audience.pools.resultOf('s1e1')?.status, 'refunded');
    assert.ok(show.outbox.pending() > 0, 'what came of it waits for Discord');
    assert.equal(show.audience.wallet(backlot.viewer('Ann').id).chips, 1_000);
    await backlot.plugIn();
    await rig.shown();
    const told = backlot.viewer('Ann').readChannel('betting-window');
    assert.match(JSON.stringify(told.find(({ id }) => id === pool.id)?.embeds), /stakes were returned/u);
  });

  test('a bell that rang before anybody listened returns every stake, and only once', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1, episodeRounds: 3 } } });
    const { show } = rig;
    const ann = rig.backlot.viewer('Ann').id;
    assert.ok(show.audience.stake(ann, 'alice').ok);
    await rig.stage.close();
    await rig.theatre.play(2);
    assert.equal(show.audience.pool()?.status, 'locked');
    await rig.reopen();
    await eventually('the stakes to return', () => show.audience.pools.resultOf('s1e1') !== null);
    assert.deepEqual(show.audience.pools.resultOf('s1e1'), { status: 'refunded', because: 'bot_was_away' });
    assert.equal(show.audience.wallet(ann).chips, 1_000);

    await rig.play(2);
    assert.ok(show.audience.stake(ann, 'mike').ok);
    await rig.play(2);
    assert.equal(show.audience.pool()?.status, 'locked');
    await rig.reopen();
    await rig.shown();
    assert.equal(
      show.audience.pool()?.status,
      'locked',
      'a bell that was heard stands, whatever restarts come after it',
    );
  });

  test('stakes that return are returned, also where the disk refuses it at first', async (t) => {
    const rig = await openRig(t, {
      patience: PATIENT,
      staging: { rules: { intermissionRounds: 1, episodeRounds: 4 } },
    });
    const { backlot, show } = rig;
    const ann = backlot.viewer('Ann').id;
    assert.ok(show.audience.stake(ann, 'alice').ok);
    await backlot.unplug();
    await eventually('the loss of the line', () => !rig.stage.connected());
    const returnStakes = show.returnStakes.bind(show);
    let refused = false;
    show.returnStakes = (...pool) => {
      if (refused) return returnStakes(...pool);
      refused = true;
      throw new StoreError('full', 'show.sqlite', 'No room to write the show');
    };
    await rig.theatre.play(3);
    assert.ok(refused);
    assert.equal(show.audience.pools.resultOf('s1e1')?.status, 'refunded');
    assert.equal(show.audience.wallet(ann).chips, 1_000);
    await backlot.plugIn();
  });

  test('in quiet hours nothing is posted; afterwards one card tells of it', async (t) => {
    const clock = restlessClock('2026-03-10T23:10:00Z');
    const rig = await openRig(t, {
      clock,
      patience: PATIENT,
      staging: { rules: { intermissionRounds: 1 } },
    });
    const { backlot, show } = rig;
    setQuietHours(show.keyValues, { fromHour: 0, toHour: 7, timeZone: 'Europe/Berlin' });
    await rig.theatre.play(3);
    await eventually('the night’s lines to be kept back', () =>
      dueRows(show.outbox, Infinity, 100).every((row) => row.place === 'betting'),
    );
    for (const place of places(rig)) {
      // The board is made at the set-up, and Discord tells by itself that it was pinned, whenever that arrives.
      const posts = backlot
        .viewer('Ann')
        .readChannel(place)
        .filter((message) => message.type !== MessageType.ChannelPinnedMessage);
      assert.ok(
        posts.every((message) => message.embeds[0]?.title?.startsWith('Leaderboard')),
        `${place} was not quiet`,
      );
    }
    clock.set('2026-03-11T06:00:30Z');
    await rig.play(2);
    for (const place of places(rig)) {
      const cards = cardsIn(rig, place, '🌙 Quiet hours');
      assert.ok(cards.length <= 1, `${place} has ${cards.length} cards`);
      if (place === 'the-tape')
        assert.match(
          cards[0]?.embeds[0]?.description ?? '',
          /^\d+ (?:line was|lines were) not shown between/u,
        );
    }
  });

  test('a channel that is deleted in quiet hours is made again for the card that tells of them', async (t) => {
    const clock = restlessClock('2026-03-10T23:10:00Z');
    const rig = await openRig(t, {
      clock,
      patience: PATIENT,
      staging: { rules: { intermissionRounds: 1 } },
    });
    const { backlot, show } = rig;
    setQuietHours(show.keyValues, { fromHour: 0, toHour: 7, timeZone: 'Europe/Berlin' });
    await rig.theatre.play(3);
    await eventually('the night’s lines to be kept back', () => show.outbox.lost('tape') !== null);
    const before = show.stageRecord.channel('tape');
    backlot.viewer('Producer').deleteChannel('the-tape');
    clock.set('2026-03-11T06:00:30Z');
    await rig.play(2);
    assert.notEqual(show.stageRecord.channel('tape'), before);
    assert.equal(cardsIn(rig, 'the-tape', '🌙 Quiet hours').length, 1);
  });
});
