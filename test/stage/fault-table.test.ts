import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Misbehaviour } from '#backlot/rest/faults.ts';
import type { Clock } from '#show/ports/clock.ts';
import { systemClock } from '#show/clock.ts';
import { hastyClock } from '#test/support/clock.ts';
import {
  eventually,
  inHaste,
  logInto,
  openForTest,
  openRig,
  openTestStage,
  table,
  type Logged,
} from './rig.ts';

const HOOK = { method: 'POST', route: '/webhooks/:webhookId/:webhookToken' };
const MESSAGES = { method: 'POST', route: '/channels/:channelId/messages' };
const EDIT = { method: 'PATCH', route: '/channels/:channelId/messages/:messageId' };
const CALLBACK = '/interactions/:interactionId/:interactionToken/callback';

/** The stage gets over each of these without losing or doubling a line. */
const LIMITS: Record<string, Misbehaviour> = {
  'a rate limit of a route': { match: HOOK, status: 429, retryAfterMs: 80, times: 2 },
  'a shared rate limit': { match: HOOK, status: 429, retryAfterMs: 80, scope: 'shared' },
  'a global rate limit': { match: {}, status: 429, retryAfterMs: 80, scope: 'global' },
  'edits held back': { match: EDIT, status: 429, code: 30046, retryAfterMs: 80, scope: 'shared' },
};
const FAILURES: Record<string, Misbehaviour> = {
  'a failure of every route (500)': { match: {}, status: 500, times: 4 },
  'a bad gateway (502)': { match: {}, status: 502, times: 4 },
  'a failure after the effect': { match: {}, status: 504, afterEffect: true, times: 4 },
  'a line that is cut': { match: {}, drop: true, delayMs: 100, times: 3 },
};
/** Longer than the stage waits for an answer in these tests. */
const delayMs = 2_000;
const TIMEOUTS: Record<string, Misbehaviour> = {
  'an answer that is late after the effect': { match: HOOK, delayMs, times: 2 },
  'an answer that is late without any effect': { match: HOOK, delayMs, status: 504, times: 2 },
  'a post whose answer is late': { match: MESSAGES, delayMs, times: 2 },
  'any answer that is late': { match: {}, delayMs, times: 3 },
};
const LOSSES: Record<string, Misbehaviour> = {
  'a webhook that is said to be gone (10015)': { match: HOOK, status: 404, code: 10015 },
  'a webhook whose token is refused (50027)': { match: HOOK, status: 401, code: 50027 },
  'a channel that is said to be gone (10003)': { match: MESSAGES, status: 404, code: 10003 },
  'a permission that is missing for a while (50013)': { match: HOOK, status: 403, code: 50013, times: 2 },
};

/** In two lists, for a test each: discord.js takes half a second for every code. */
const RECOVERABLE = [
  [1000, 1001, 4000, 4001, 4002],
  [4003, 4005, 4007, 4008, 4009],
];
const FATAL = [4004, 4010, 4011, 4012, 4013, 4014];

suite('faults, one by one', { concurrency: 8 }, () => {
  for (const [kind, faults] of Object.entries({ LIMITS, FAILURES, TIMEOUTS, LOSSES })) {
    test(`no line is lost or doubled by ${kind.toLowerCase()}`, async (t) => {
      const rig = await openRig(t, { ...inHaste(), ...(faults === TIMEOUTS && { answerWithinMs: 700 }) });
      const said: string[] = [];
      rig.show.subscribe((news) => {
        for (const event of 'events' in news ? news.events : [])
          if (event.type === 'spoke') said.push(event.text);
      });
      const shown = (): number =>
        rig.show.content.office.rooms
          .flatMap(({ channel }) => rig.backlot.viewer('Ann').readChannel(channel))
          .filter((message) => message.webhook_id !== undefined).length;
      for (const [what, plan] of Object.entries(faults)) {
        const fault = rig.backlot.misbehave(plan);
        await rig.play(1);
        fault.stop();
        assert.ok(fault.hits > 0, `${what} never happened`);
        assert.equal(shown(), said.length, what);
      }
      assert.deepEqual(rig.fatal, []);
    });
  }

  test('a long rate limit holds up only its own place, and not the end of the show', async (t) => {
    const rig = await openRig(t);
    const coffee = rig.show.stageRecord.channel('tape');
    rig.backlot.misbehave({
      match: { method: 'POST', route: new RegExp(`^/channels/${coffee}/messages`, 'u') },
      status: 429,
      retryAfterMs: 600_000,
      times: Infinity,
    });
    rig.backlot.misbehave({
      match: EDIT,
      status: 429,
      code: 30046,
      retryAfterMs: 600_000,
      times: Infinity,
    });
    await rig.theatre.play(4);
    await rig.backlot.viewer('Ann').untilMessage('vc-office');
    await eventually('the place to rest', () =>
      rig.logged.some(({ message }) => /trying again/u.test(message)),
    );
    const retryAfter = rig.logged.find(({ message }) => /trying again/u.test(message));
    assert.ok(Number(Object(retryAfter?.details).retryInMs) > 500_000, 'it rests as long as Discord said');
    const startedMs = Date.now();
    await rig.stage.close();
    assert.ok(Date.now() - startedMs < 8_000);
  });

  test('an old board is posted again when its edits are held back', async (t) => {
    let laterMs = 0;
    const clock: Clock = {
      nowMs: () => Date.now() + laterMs,
      sleep: (ms, signal) => systemClock.sleep(ms, signal),
    };
    const rig = await openRig(t, { clock, patience: { silentMs: Infinity, stuckMs: Infinity } });
    await rig.play(1);
    const boards = (): string[] =>
      rig.backlot
        .viewer('Ann')
        .readChannel('the-floor')
        .filter((message) => message.embeds[0]?.title?.startsWith('Leaderboard'))
        .map(({ id }) => id);
    const before = boards();
    laterMs = 7_200_000;
    // The panel of the green room is edited, too.
    const floor = rig.show.stageRecord.channel('floor') ?? '';
    const match = { method: 'PATCH', route: new RegExp(`^/channels/${floor}/messages/`, 'u') };
    rig.backlot.misbehave({ match, status: 429, code: 30046, retryAfterMs: 60_000 });
    await rig.play(1);
    assert.equal(boards().length, 1);
    assert.notDeepEqual(boards(), before);

    // The old one cannot be taken away at once.
    laterMs = 14_400_000;
    const [replaced] = boards();
    rig.backlot.misbehave({ match, status: 429, code: 30046, retryAfterMs: 60_000 });
    const taking = { method: 'DELETE', route: new RegExp(`^/channels/${floor}/messages/`, 'u') };
    const refused = rig.backlot.misbehave({ match: taking, status: 403, code: 50013 });
    await rig.play(1);
    await eventually('one board to stand', () => refused.hits === 1 && boards().length === 1);
    assert.notEqual(boards()[0], replaced);
  });

  test('a board that somebody deleted is posted again', async (t) => {
    const rig = await openRig(t);
    await rig.play(1);
    const { channelId, messageId } = rig.show.stageRecord.message('board') ?? {};
    const answer = await fetch(`${rig.backlot.restApi}/v10/channels/${channelId}/messages/${messageId}`, {
      method: 'DELETE',
      headers: { authorization: `Bot ${rig.backlot.token}` },
    });
    assert.equal(answer.status, 204);
    await rig.play(1);
    assert.notEqual(rig.show.stageRecord.message('board')?.messageId, messageId);
  });

  for (const codes of RECOVERABLE) {
    test(`after ${codes.join(', ')}, closes of the gateway that are not final, the bot is back, and stakes arrive`, async (t) => {
      const rig = await openRig(t, { patience: { loginEveryMs: 1 } });
      const pool = await table(rig);
      const ann = rig.backlot.viewer('Ann');
      for (const code of codes) {
        rig.backlot.gateway.closeAll(code);
        await eventually(`${code} to be noticed`, () => !rig.stage.connected());
        ann.react(pool, '🧮');
        await eventually(`the bot after ${code}`, () => rig.stage.connected());
        await eventually(`the stake after ${code}`, () => rig.show.audience.stakeOf(ann.id) !== null);
        ann.unreact(pool, '🧮');
        await eventually(`its return after ${code}`, () => rig.show.audience.stakeOf(ann.id) === null);
      }
      assert.deepEqual(rig.fatal, []);
    });
  }

  test('every final close is told once, with its number', async (t) => {
    const backlot = await openForTest(t);
    for (const code of FATAL) {
      const fatal: string[] = [];
      const stage = await openTestStage(backlot, { onFatal: (message) => fatal.push(message) });
      backlot.gateway.closeAll(code);
      await eventually(`${code} to be told`, () => fatal.length > 0);
      assert.equal(fatal.length, 1);
      assert.match(fatal[0] ?? '', new RegExp(String(code), 'u'));
      assert.equal(stage.connected(), false);
      await stage.close();
    }
  });

  test('a zombie connection is not trusted, and is replaced', async (t) => {
    const backlot = { heartbeatMs: 200 };
    const rig = await openRig(t, { backlot, patience: { silentMs: 600, loginEveryMs: 1 } });
    assert.ok(rig.stage.connected());
    rig.backlot.gateway.ignoreHeartbeats(1_500);
    await eventually('the silence to be noticed', () => !rig.stage.connected());
    await eventually('the new link', () => rig.stage.connected());
  });

  test('a connection that is silent although Discord answers is replaced', async (t) => {
    const patience = { silentMs: 400, stuckMs: 600, checkMs: 50, loginEveryMs: 1 };
    const rig = await openRig(t, { patience });
    const identifies = rig.backlot.gateway.identifies;
    await eventually('a new login', () => rig.backlot.gateway.identifies > identifies);
    await eventually('the new link', () => rig.stage.connected());
    assert.ok(rig.logged.some(({ message }) => message.includes('connecting again')));
    assert.deepEqual(rig.fatal, []);
  });

  test('after one 401 the token is checked; a token that is refused for good is reported', async (t) => {
    const rig = await openRig(t);
    rig.backlot.misbehave({ match: MESSAGES, status: 401 });
    await rig.play(2);
    assert.deepEqual(rig.fatal, []);
    rig.backlot.misbehave({ match: {}, status: 401, times: Infinity });
    await rig.theatre.play(1);
    await eventually('the end', () => rig.fatal.length > 0);
    assert.match(rig.fatal.join(), /401.*DISCORD_TOKEN/u);
    assert.equal(rig.stage.connected(), false);
  });

  test('with no logins left the bot waits for new ones instead of losing its token', async (t) => {
    const backlot = await openForTest(t);
    backlot.gateway.setIdentifiesLeft(0);
    const waits: number[] = [];
    const clock: Clock = {
      nowMs: () => Date.now(),
      sleep: async (ms, signal) => {
        if (ms < 60_000_000) return await systemClock.sleep(ms, signal);
        waits.push(ms);
        backlot.gateway.setIdentifiesLeft(10);
      },
    };
    const logged: Logged[] = [];
    const stage = await openTestStage(backlot, { clock, log: logInto(logged) });
    assert.equal(waits.length, 1);
    assert.ok(stage.connected());
    assert.ok(logged.some(({ message }) => message.includes('no logins are left')));
  });

  test('the bot does not log in again when no logins are left', async (t) => {
    const waits: number[] = [];
    const clock: Clock = {
      nowMs: () => Date.now(),
      sleep: async (ms, signal) => {
        if (ms < 60_000_000) return await systemClock.sleep(ms, signal);
        waits.push(ms);
        rig.backlot.gateway.setIdentifiesLeft(10);
      },
    };
    const rig = await openRig(t, { clock, patience: { loginEveryMs: 1 } });
    rig.backlot.gateway.setIdentifiesLeft(0);
    rig.backlot.gateway.forgetSessions();
    rig.backlot.gateway.cutAll();
    await eventually('the loss', () => !rig.stage.connected());
    await eventually('the bot again', () => rig.stage.connected());
    assert.equal(waits.length, 1);
    assert.ok(rig.logged.some(({ message }) => message.includes('no logins are left')));
    assert.deepEqual(rig.fatal, []);
  });

  test('when Discord refuses connections at the start, the bot waits', async (t) => {
    const backlot = await openForTest(t);
    await backlot.unplug();
    const logged: Logged[] = [];
    const opening = openTestStage(backlot, { log: logInto(logged), clock: hastyClock(0, 20) });
    await eventually(
      'two tries',
      () => logged.filter(({ message }) => /cannot be reached/u.test(message)).length > 1,
    );
    await backlot.plugIn();
    assert.ok((await opening).connected());
  });

  test('an interaction that is answered too late, or by another copy, does no harm', async (t) => {
    const rig = await openRig(t, { backlot: { firstAnswerMs: 400 } });
    const ann = rig.backlot.viewer('Ann');
    for (const [status, code] of [
      [404, 10062],
      [400, 40060],
    ] as const) {
      rig.backlot.misbehave({ match: { route: CALLBACK }, status, code });
      await assert.rejects(ann.ask('general', 'help'));
      await eventually(`${code} in the log`, () =>
        rig.logged.some(({ level, details }) => level === 'warn' && Object(details).code === code),
      );
    }
    assert.ok((await ann.ask('general', 'help')).embeds.length > 0);
    assert.deepEqual(rig.fatal, []);
  });
});
