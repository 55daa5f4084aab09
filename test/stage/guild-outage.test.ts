import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { theatre } from '#test/support/theatre.ts';
import { eventually, openForTest, openRig, openTestStage, table } from './rig.ts';

const patience = { guildsMs: 200 };

suite('a server that is away at Discord', { concurrency: 4 }, () => {
  test('at the login is announced as soon as it is back, and its show can be put on', async (t) => {
    const backlot = await openForTest(t);
    backlot.gateway.guildOutage(true);
    const came: string[] = [];
    const stage = await openTestStage(backlot, { patience, onGuild: ({ name }) => came.push(name) });
    assert.deepEqual(stage.guilds(), []);
    assert.ok(stage.isIn(backlot.guildId), 'the bot was not removed');
    const { show } = theatre(t);
    await assert.rejects(stage.attach(backlot.guildId, show), /is away at Discord: it is tried again/u);
    backlot.gateway.guildOutage(false);
    await eventually('the server', () => came.length > 0);
    assert.deepEqual(came, ['The Pit']);
    await stage.attach(backlot.guildId, show);
    assert.ok((await stage.setUp(backlot.guildId)).ok);
  });

  test('while the show runs is waited for, and what its members did meanwhile is counted', async (t) => {
    const rig = await openRig(t, { patience: { ...patience, loginEveryMs: 1 } });
    const pool = await table(rig);
    const ann = rig.backlot.viewer('Ann');
    const warned = (): boolean => rig.logged.some(({ message }) => message.includes('is away at Discord'));
    rig.backlot.gateway.guildOutage(true);
    await eventually('the outage to be told', warned);
    // Discord loses this event: nothing repeats it after an outage.
    rig.backlot.gateway.cutAll();
    rig.backlot.gateway.forgetSessions();
    ann.react(pool, '🧮');
    await eventually('the login', () => rig.stage.connected());
    rig.backlot.gateway.guildOutage(false);
    await eventually('her stake', () => rig.show.audience.stakeOf(ann.id) !== null);
    await rig.play(1);
    assert.deepEqual(rig.fatal, []);
  });

  test('that is not away comes with the login, and is no new one', async (t) => {
    const came: string[] = [];
    const backlot = await openForTest(t);
    const stage = await openTestStage(backlot, {
      patience: { loginEveryMs: 1 },
      onGuild: ({ name }) => came.push(name),
    });
    backlot.gateway.cutAll();
    backlot.gateway.forgetSessions();
    await eventually('the loss', () => !stage.connected());
    await eventually('the connection', () => stage.connected());
    assert.deepEqual(came, []);
    assert.deepEqual(
      stage.guilds().map(({ name }) => name),
      ['The Pit'],
    );
  });
});
