/** Where a producer wants it, members talk about each episode in a thread of its own. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { PermissionFlagsBits } from 'discord.js';
import { BOT_PERMISSIONS } from '#backlot/guild/permissions.ts';
import { eventually, openRig, type Rig } from './rig.ts';

const rules = { intermissionRounds: 1, episodeRounds: 2 };

async function openWith(t: TestContext, permissions: bigint): Promise<Rig> {
  const rig = await openRig(t, { staging: { rules } });
  rig.backlot.setBotPermissions(permissions);
  return rig;
}

const allowed = BOT_PERMISSIONS | PermissionFlagsBits.CreatePublicThreads;

const threadsOf = (rig: Rig): string[] =>
  rig.backlot
    .viewer('Ann')
    .channels()
    .filter(({ thread }) => thread !== undefined)
    .map(({ name }) => name);

suite('threads of episodes', { concurrency: 4 }, () => {
  test('one opens with each bell from the next on, with its question as its name, and members write in it', async (t) => {
    const rig = await openWith(t, allowed);
    const producer = rig.backlot.viewer('Producer');
    await rig.play(2);
    assert.deepEqual(threadsOf(rig), [], 'nobody asked for them');
    const told = await producer.ask('green-room', 'show threads', { mode: 'on' });
    assert.match(told.content, /Each episode gets a thread in the gallery/u);
    await eventually('the thread of the episode that is on', () => threadsOf(rig).length === 1);
    await rig.play(1 + 2);
    await eventually('the next thread', () => threadsOf(rig).length === 2);
    const [first, second] = threadsOf(rig);
    assert.match(first ?? '', /^Season 1, episode 1/u);
    assert.match(second ?? '', /^Season 1, episode 2/u);
    const ann = rig.backlot.viewer('Ann');
    ann.say(second ?? '', 'Mike is doomed');
    assert.equal(
      rig.backlot
        .viewer('Ben')
        .readChannel(second ?? '')
        .at(-1)?.content,
      'Mike is doomed',
    );

    await rig.reopen();
    await rig.shown();
    assert.equal(threadsOf(rig).length, 2, 'a restart opens none a second time');
    await producer.ask('green-room', 'show threads', { mode: 'off' });
    await rig.play(1 + 2);
    assert.equal(threadsOf(rig).length, 2);
  });

  test('a thread whose answer was lost is found, not opened twice', async (t) => {
    const rig = await openWith(t, allowed);
    rig.backlot.misbehave({
      match: { method: 'POST', route: /threads$/u },
      status: 504,
      afterEffect: true,
      times: 1,
    });
    await rig.backlot.viewer('Producer').ask('green-room', 'show threads', { mode: 'on' });
    await rig.play(2);
    await eventually('the thread', () => threadsOf(rig).length > 0);
    await rig.play(1);
    assert.equal(threadsOf(rig).length, 1);
  });

  test('where the bot may not open threads, the producer is told what to switch on', async (t) => {
    const rig = await openWith(t, BOT_PERMISSIONS);
    const told = await rig.backlot.viewer('Producer').ask('green-room', 'show threads', { mode: 'on' });
    assert.match(told.content, /may not open threads[^]*Create Public Threads/u);
    await rig.play(2);
    assert.deepEqual(threadsOf(rig), []);
    assert.ok(!rig.logged.some(({ level }) => level === 'warn'));
  });
});
