/** Members who want it are pinged when bets open: a role that the bot makes, that grants nothing, and that nobody has unasked. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PermissionFlagsBits, type APIMessage } from 'discord.js';
import { BOT_PERMISSIONS } from '#backlot/guild/permissions.ts';
import { bellRole, CALL_GAP_MS, setBellRole, takeBellCall } from '#show/schedule/bell-call.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import { pressInPlace } from '../commands/kit.ts';
import { openRig, type Rig } from './rig.ts';

const SHORT = { staging: { rules: { intermissionRounds: 1, episodeRounds: 2 } } };

const calls = (rig: Rig): APIMessage[] =>
  rig.backlot
    .viewer('Ann')
    .readChannel('betting-window')
    .filter(({ content }) => content.includes('Bets are open'));

suite('the call to the bell', { concurrency: 4 }, () => {
  test('a producer switches it on, a member takes the role, and the next pool pings the role once', async (t) => {
    const rig = await openRig(t, SHORT);
    const [producer, ann] = [rig.backlot.viewer('Producer'), rig.backlot.viewer('Ann')];
    await rig.play(1);
    assert.deepEqual(calls(rig), [], 'off until somebody wants it');
    assert.match((await ann.ask('general', 'bell')).content, /Nobody is pinged here/u);

    const on = await producer.ask('general', 'show bell', { mode: 'on' });
    const role = /<@&(\d+)>/u.exec(on.content)?.[1] ?? assert.fail(on.content);
    assert.match((await ann.ask('general', 'bell')).content, /You are pinged when bets open/u);

    await rig.play(4);
    const [call] = calls(rig);
    assert.ok(call, 'the next pool calls');
    assert.deepEqual(call.mention_roles, [role]);
    assert.equal((call.flags ?? 0) & 4_096, 0, 'with a sound');
    const pool = rig.backlot
      .viewer('Ann')
      .readChannel('betting-window')
      .findLast(({ components }) => JSON.stringify(components).includes('my-stake'));
    assert.match(JSON.stringify(pool?.components ?? call.components), /Ping me/u);

    await rig.play(9);
    assert.equal(calls(rig).length, 1, 'pools follow each other within half a day: nobody is called again');
    assert.match((await ann.ask('general', 'bell')).content, /not pinged any more/u);
  });

  test('switched on twice there is one role; off, it is gone, and taking the stage down takes it along', async (t) => {
    const rig = await openRig(t, SHORT);
    const [producer, ann] = [rig.backlot.viewer('Producer'), rig.backlot.viewer('Ann')];
    const switchTo = async (mode: string) =>
      (await producer.ask('general', 'show bell', { mode })).content.match(/<@&\d+>/u)?.[0];
    const first = await switchTo('on');
    assert.equal(await switchTo('on'), first);
    assert.equal(await switchTo('off'), undefined);
    assert.equal(bellRole(rig.show.keyValues), null);
    const again = await switchTo('on');
    assert.notEqual(again, first);

    const plan = await producer.ask('general', 'teardown');
    const report = await pressInPlace(producer, plan, 'Remove all of it', (text) => text.includes('is down'));
    // The category, the five channels of the show itself, the role.
    const removed = 7 + rig.show.content.office.rooms.length;
    assert.match(report.content, new RegExp(`${removed} things removed`, 'u'));
    assert.match((await ann.ask('general', 'bell')).content, /Nobody is pinged here/u);
  });

  test('without the permission to manage roles the bot says what it lacks, and a role that was deleted is missed', async (t) => {
    const rig = await openRig(t);
    const { backlot } = rig;
    const [producer, ann] = [backlot.viewer('Producer'), backlot.viewer('Ann')];
    backlot.setBotPermissions(BOT_PERMISSIONS & ~PermissionFlagsBits.ManageRoles);
    assert.match((await producer.ask('general', 'show bell', { mode: 'on' })).content, /Manage Roles/u);
    assert.equal(bellRole(rig.show.keyValues), null);

    backlot.setBotPermissions(BOT_PERMISSIONS);
    const on = await producer.ask('general', 'show bell', { mode: 'on' });
    const role = /<@&(\d+)>/u.exec(on.content)?.[1] ?? assert.fail(on.content);
    await fetch(`${backlot.restApi}/v10/guilds/${backlot.guildId}/roles/${role}`, {
      method: 'DELETE',
      headers: { authorization: `Bot ${backlot.token}` },
    });
    assert.match((await ann.ask('general', 'bell')).content, /it was deleted/u);
    await producer.ask('general', 'show bell', { mode: 'on' });
    assert.match((await ann.ask('general', 'bell')).content, /You are pinged/u);
  });
});

test('nobody is called twice within half a day, also where the clock was put back', () => {
  const kept = new Map<string, string>();
  const keyValues: KeyValues = {
    get: (name) => kept.get(name) ?? null,
    set: (name, value) => void kept.set(name, value),
    delete: (name) => void kept.delete(name),
  };
  const start = 1_800_000_000_000;
  assert.equal(takeBellCall(keyValues, start), null, 'off');
  setBellRole(keyValues, '77');
  assert.equal(takeBellCall(keyValues, start), '77');
  setBellRole(keyValues, '77');
  assert.equal(takeBellCall(keyValues, start + CALL_GAP_MS - 1), null);
  assert.equal(takeBellCall(keyValues, start + CALL_GAP_MS), '77');
  assert.equal(
    takeBellCall(keyValues, start - CALL_GAP_MS),
    '77',
    'a clock put back by a day silences nobody',
  );
  setBellRole(keyValues, null);
  assert.equal(takeBellCall(keyValues, start + 9 * CALL_GAP_MS), null);
});
