import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Backlot } from '#backlot/backlot.ts';
import type { GatewayFault } from '#backlot/gateway/faults.ts';
import { theatre } from '#test/support/theatre.ts';
import { eventually, logInto, openForTest, openRig, openTestStage, type Logged } from './rig.ts';

const FAULTS: Record<string, GatewayFault> = {
  'that answers 502': 502,
  'that answers 503': 503,
  'that resets the connection': 'reset',
  'that does not answer': 'unanswered',
  'that connects and does not say hello': 'no hello',
  'that accepts the login and is silent': 'no ready',
};
/** A few tries take longer than `stuckMs`, after which a connection that does not try is replaced. */
const patience = {
  silentMs: Infinity,
  stuckMs: 1_500,
  checkMs: 50,
  loginEveryMs: 1,
  answerMs: 250,
  retryMaxMs: 200,
};
const TRIES = 6;

/** The bot answers one command, and how many times. */
async function answersToOneCommand(backlot: Backlot): Promise<number> {
  let answers = 0;
  const stop = backlot.onRequest(({ route }) => {
    if (route?.endsWith('/callback') === true) answers += 1;
  });
  await backlot.viewer('Ann').ask('general', 'help');
  // A second session would answer within the same moment.
  await new Promise((resolve) => setTimeout(resolve, 200));
  stop();
  return answers;
}

const loud = (logged: readonly Logged[]): string[] =>
  logged.filter(({ level }) => level === 'warn' || level === 'error').map(({ message }) => message);

suite('the gateway alone is away', { concurrency: 4 }, () => {
  for (const [what, how] of Object.entries(FAULTS)) {
    test(`at the start the bot waits for a gateway ${what}, and then there is one session`, async (t) => {
      const backlot = await openForTest(t);
      const fault = backlot.gateway.misbehave(how);
      const logged: Logged[] = [];
      const fatal: string[] = [];
      const opening = openTestStage(backlot, {
        patience,
        log: logInto(logged),
        onFatal: (it) => fatal.push(it),
      });
      await eventually('some tries', () => fault.hits >= TRIES);
      const { identifies } = backlot.gateway;
      fault.stop();
      const stage = await opening;
      assert.equal(backlot.gateway.identifies, identifies + 1);
      assert.equal(backlot.gateway.connections, 1);
      await stage.attach(backlot.guildId, theatre(t).show);
      assert.equal(await answersToOneCommand(backlot), 1);
      assert.deepEqual(fatal, []);
      assert.ok(loud(logged).length <= 4, loud(logged).join('\n'));
    });

    test(`while the show runs the bot waits for a gateway ${what}, and then there is one session`, async (t) => {
      const rig = await openRig(t, { patience });
      const fault = rig.backlot.gateway.misbehave(how);
      rig.backlot.gateway.cutAll();
      await eventually('some tries', () => fault.hits >= TRIES);
      fault.stop();
      await eventually('the connection', () => rig.stage.connected());
      assert.equal(rig.backlot.gateway.connections, 1);
      assert.equal(await answersToOneCommand(rig.backlot), 1);
      assert.deepEqual(rig.fatal, []);
      assert.ok(loud(rig.logged).length <= 4, loud(rig.logged).join('\n'));
    });
  }

  test('a stage that is closed meanwhile leaves no connection that comes back', async (t) => {
    // The hasty one is always about to replace its connection.
    const hasty = { ...patience, stuckMs: 60, checkMs: 10 };
    const cases = Object.values(FAULTS).flatMap((how) =>
      [patience, hasty].map((each) => ({ how, patience: each })),
    );
    const closed = cases.map(async ({ how, ...waits }) => {
      const backlot = await openForTest(t);
      const logged: Logged[] = [];
      const stage = await openTestStage(backlot, { ...waits, log: logInto(logged) });
      const fault = backlot.gateway.misbehave(how);
      backlot.gateway.cutAll();
      await eventually('a try', () => fault.hits > 0);
      const renewals = (): number =>
        logged.filter(({ message }) => message.includes('connecting again')).length;
      if (waits.patience === hasty) await eventually('two new connections', () => renewals() >= 2);
      await stage.close();
      fault.stop();
      await eventually('every line to be closed', () => backlot.gateway.connections === 0);
      return { gateway: backlot.gateway, identifies: backlot.gateway.identifies };
    });
    const gateways = await Promise.all(closed);
    // discord.js by itself is back after half a second.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    for (const { gateway, identifies } of gateways) {
      assert.equal(gateway.connections, 0);
      assert.equal(gateway.identifies, identifies);
    }
  });
});
