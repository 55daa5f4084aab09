/** A pool whose message is deleted: before the bell all stakes return, after it they stand. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { APIMessage } from 'discord.js';
import { createScriptedTwin } from '#brain/scripted/scripted.ts';
import { everyLine } from '#test/commands/kit.ts';
import { content } from '#test/support/floor.ts';
import { idle } from '#test/support/idle-brain.ts';
import { eventually, inHaste, openRig, table, type Rig } from './rig.ts';

const rules = { intermissionRounds: 1, episodeRounds: 3 };
const twin = createScriptedTwin(() => content.cast);

interface Betting {
  rig: Rig;
  /** The message that Ann's stake is under. */
  pool: APIMessage;
  /** The words of each message about who gains most in episode 1. */
  shown: () => string[];
}

async function betting(t: TestContext, staging: object = {}): Promise<Betting> {
  const rig = await openRig(t, { staging: { rules, ...staging } });
  const pool = await table(rig);
  const ann = rig.backlot.viewer('Ann');
  assert.ok(rig.show.audience.stake(ann.id, 'alice').ok);
  await rig.shown();
  const shown = (): string[] => {
    // A channel that is made anew is seen a little later.
    if (!ann.channels().some(({ name }) => name === 'betting-window')) return [];
    return ann
      .readChannel('betting-window')
      .map(everyLine)
      .filter((words) => words.includes('Who gains most in episode 1?'));
  };
  return { rig, pool, shown };
}

const statusOf = ({ show }: Rig, poolId = 's1e1'): string | undefined =>
  show.audience.poolById(poolId)?.status;

/** Plays from the first round of the episode to its end. */
const playOut = (rig: Rig): Promise<void> => rig.play(rules.episodeRounds - 1);

suite('a pool whose message is deleted', { concurrency: 4 }, () => {
  test('after the bell keeps its stakes, is posted anew and tells there how it ended', async (t) => {
    const { rig, pool, shown } = await betting(t);
    await rig.play(2);
    assert.equal(statusOf(rig), 'locked');
    rig.backlot.viewer('Producer').deleteMessage(pool);
    await rig.reopen();
    await eventually('the message', () => shown().length === 1);
    assert.match(shown()[0] ?? '', /The bell has rung/u);
    assert.equal(statusOf(rig), 'locked');
    await rig.shown();
    await playOut(rig);
    assert.equal(statusOf(rig), 'settled');
    assert.equal(shown().length, 1);
    assert.match(shown()[0] ?? '', /gained most\.\n/u);
  });

  test('stands at the bell also where Discord refuses the edit at first: it is tried again', async (t) => {
    const rig = await openRig(t, inHaste({ rules: { ...rules, episodeRounds: 200 } }));
    const pool = await table(rig);
    const ann = rig.backlot.viewer('Ann');
    assert.ok(rig.show.audience.stake(ann.id, 'alice').ok);
    await rig.shown();
    const refused = rig.backlot.misbehave({
      match: { method: 'PATCH', route: new RegExp(`/messages/${pool.id}$`, 'u') },
      times: Number.POSITIVE_INFINITY,
      status: 403,
      code: 50013,
    });
    await rig.theatre.play(2);
    await eventually('the refusal', () => refused.hits > 0);
    refused.stop();
    await ann.untilMessage('betting-window', (message) => everyLine(message).includes('The bell has rung'));
  });

  test('after the bell, which nobody notices before the end, has its end told all the same, and once', async (t) => {
    const { rig, pool, shown } = await betting(t);
    const { audience, stageRecord } = rig.show;
    const producer = rig.backlot.viewer('Producer');
    for (const trader of ['alex', 'mike', 'sarah'])
      assert.ok(audience.stake(`who backs ${trader}`, trader).ok);
    await rig.play(2);
    producer.deleteMessage(pool);
    await playOut(rig);
    const result = audience.pools.resultOf('s1e1');
    assert.ok(result?.status === 'settled' && result.payouts[0]);
    const [told, ...more] = shown();
    assert.match(told ?? '', /gained most\.\n/u);
    assert.deepEqual(more, []);

    const at = stageRecord.message('pool:s1e1');
    assert.ok(at);
    producer.deleteMessage({ id: at.messageId, channel_id: at.channelId });
    assert.ok(rig.show.forget(result.payouts[0].member).ok);
    await rig.shown();
    assert.deepEqual(shown(), [], 'an end that was told and deleted is not told again');
  });

  test('after the bell with its whole channel keeps its stakes, and its end is told in the new one', async (t) => {
    const { rig, shown } = await betting(t, { brain: idle, twin });
    const ann = rig.backlot.viewer('Ann').id;
    assert.ok(rig.show.audience.stakeOnTwin(ann, 'floor:far').ok);
    await rig.play(2);
    rig.backlot.viewer('Producer').deleteChannel('betting-window');
    await playOut(rig);
    assert.deepEqual([statusOf(rig), statusOf(rig, 's1e1-twin')], ['settled', 'settled']);
    await eventually('the end', () => shown().length === 1);
    assert.match(shown()[0] ?? '', /gained most\.\n/u);
  });

  test('while the bot is away returns its stakes when the bot is back before the bell', async (t) => {
    const { rig, pool } = await betting(t);
    await rig.stage.close();
    rig.backlot.viewer('Producer').deleteMessage(pool);
    await rig.reopen();
    await eventually('the stakes', () => statusOf(rig) === 'refunded');
    assert.equal(rig.show.audience.wallet(rig.backlot.viewer('Ann').id).chips, 1_000);
  });

  test('with its whole channel while the bot is away returns its stakes, those on the twins too', async (t) => {
    const { rig } = await betting(t, { brain: idle, twin });
    const ann = rig.backlot.viewer('Ann').id;
    assert.ok(rig.show.audience.stakeOnTwin(ann, 'floor:far').ok);
    await rig.stage.close();
    rig.backlot.viewer('Producer').deleteChannel('betting-window');
    await rig.reopen();
    await rig.play(2);
    await eventually('the stakes', () => rig.show.audience.pools.live().length === 0);
    for (const poolId of ['s1e1', 's1e1-twin'])
      assert.deepEqual(rig.show.audience.pools.resultOf(poolId), {
        status: 'refunded',
        because: 'message_deleted',
      });
    assert.equal(rig.show.audience.wallet(ann).chips, 1_000);
  });
});
