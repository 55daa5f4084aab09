/** A show that plays by appointment announces its next opening among the server's events, where the bot may make them. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import {
  GuildScheduledEventStatus as Status,
  PermissionFlagsBits,
  type APIGuildScheduledEvent,
} from 'discord.js';
import { BOT_PERMISSIONS } from '#backlot/guild/permissions.ts';
import { systemClock } from '#show/clock.ts';
import type { Clock } from '#show/ports/clock.ts';
import { admin } from './admin.ts';
import { openRig, type Rig } from './rig.ts';

const HOUR_MS = 3_600_000;

/** The true time, with jumps ahead. */
function jumpingClock(): Clock & { jump: (ms: number) => void } {
  let aheadMs = 0;
  return {
    nowMs: () => Date.now() + aheadMs,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    jump: (ms) => {
      aheadMs += ms;
    },
  };
}

async function openAnnouncing(t: TestContext, permissions: bigint) {
  const clock = jumpingClock();
  const rig = await openRig(t, {
    clock,
    patience: { silentMs: Infinity, stuckMs: Infinity },
    staging: { rules: { intermissionRounds: 1, episodeRounds: 2 } },
  });
  rig.backlot.setBotPermissions(permissions);
  return { rig, clock };
}

const events = (rig: Rig): Promise<APIGuildScheduledEvent[]> =>
  admin(rig, 'GET', `/guilds/${rig.backlot.guildId}/scheduled-events`);

/** `HH:MM` in UTC, this many hours from now. */
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString().slice(11, 16);

/** The episode at hand is played to its end before the doors close. */
async function playOut(rig: Rig): Promise<void> {
  while (rig.show.timetable.isOpen()) await rig.play(1);
  await rig.shown();
}

suite('openings among the events of the server', { concurrency: 3 }, () => {
  test('the next opening is announced, moves with the timetable, begins with the show, ends with it, and the one after is announced', async (t) => {
    const { rig, clock } = await openAnnouncing(t, BOT_PERMISSIONS | PermissionFlagsBits.CreateEvents);
    const producer = rig.backlot.viewer('Producer');
    const schedule = (options: Record<string, string>) => producer.ask('general', 'show schedule', options);
    await rig.play(2);
    await schedule({ plays: 'appointment', at: inHours(2), days: 'daily' });
    await playOut(rig);
    const [announced, ...others] = await events(rig);
    assert.ok(announced);
    assert.deepEqual(others, []);
    assert.equal(announced.name, 'Open Outcry: the market opens');
    assert.equal(Date.parse(announced.scheduled_start_time), rig.show.timetable.nextOpeningMs());
    assert.match(announced.description ?? '', /1 episode of traders .*, in <#\d+>/u);

    await schedule({ at: inHours(3) });
    await rig.shown();
    const [moved] = await events(rig);
    assert.equal(moved?.id, announced.id, 'who was interested stays interested');
    assert.equal(Date.parse(moved?.scheduled_start_time ?? ''), rig.show.timetable.nextOpeningMs());

    clock.jump(3 * HOUR_MS);
    rig.show.minuteTick();
    await rig.play(1);
    const [begun] = await events(rig);
    assert.deepEqual([begun?.id, begun?.status], [announced.id, Status.Active]);

    await playOut(rig);
    const [next, ...more] = await events(rig);
    assert.ok(next && next.id !== announced.id, 'the one that was is over, the next stands');
    assert.deepEqual(more, []);
    assert.equal(Date.parse(next.scheduled_start_time), rig.show.timetable.nextOpeningMs());

    await schedule({ plays: 'continuous' });
    await rig.shown();
    assert.deepEqual(await events(rig), [], 'a show that plays all day has no openings');
  });

  test('an event that somebody deleted stays away, and a show that is stopped announces nothing', async (t) => {
    const { rig } = await openAnnouncing(t, BOT_PERMISSIONS | PermissionFlagsBits.CreateEvents);
    const producer = rig.backlot.viewer('Producer');
    await rig.play(2);
    await producer.ask('general', 'show schedule', { plays: 'appointment', at: inHours(5), days: 'daily' });
    await playOut(rig);
    const [announced] = await events(rig);
    await admin(rig, 'DELETE', `/guilds/${rig.backlot.guildId}/scheduled-events/${announced?.id ?? ''}`);
    await producer.ask('general', 'show pace', { seconds: '30' });
    await rig.shown();
    assert.deepEqual(await events(rig), []);

    await producer.ask('general', 'show schedule', { at: inHours(6) });
    await rig.shown();
    assert.equal((await events(rig)).length, 1, 'another time is another event');
    await producer.ask('general', 'show stop');
    await rig.shown();
    assert.deepEqual(await events(rig), []);
    assert.deepEqual(
      rig.logged.filter(({ level }) => level === 'warn' || level === 'error'),
      [],
    );
  });

  test('without the permission nothing is asked of Discord', async (t) => {
    const { rig } = await openAnnouncing(t, BOT_PERMISSIONS);
    await rig.play(2);
    await rig.backlot
      .viewer('Producer')
      .ask('general', 'show schedule', { plays: 'appointment', at: inHours(5), days: 'daily' });
    await playOut(rig);
    assert.deepEqual(await events(rig), []);
    assert.deepEqual(
      rig.logged.filter(({ level }) => level === 'warn' || level === 'error'),
      [],
    );
  });
});
