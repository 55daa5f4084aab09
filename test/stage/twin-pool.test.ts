/** The second pool: by how much do the traders beat their twins? */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { APIMessage } from 'discord.js';
import { createScriptedTwin } from '#brain/scripted/scripted.ts';
import { marginsOf } from '#core/betting/margin.ts';
import { missingChips } from '#core/betting/ledger.ts';
import { systemClock } from '#show/clock.ts';
import type { PoolResult } from '#show/ports/chips.ts';
import { everyLine, pressInPlace } from '#test/commands/kit.ts';
import { content } from '#test/support/floor.ts';
import { idle } from '#test/support/idle-brain.ts';
import { eventually, openRig, table, type Rig } from './rig.ts';

const staging = {
  rules: { intermissionRounds: 1, episodeRounds: 4 },
  brain: idle,
  twin: createScriptedTwin(() => content.cast),
};

/** By which both pools open in the same instant. */
const secondsClock = { ...systemClock, nowMs: () => Math.floor(systemClock.nowMs() / 1_000) * 1_000 };

const betting = (rig: Rig): APIMessage[] => rig.backlot.viewer('Ann').readChannel('betting-window');

const asksAboutTwins = ({ embeds }: APIMessage): boolean =>
  embeds[0]?.title?.includes('beat their twins') === true;

function twinTable(rig: Rig): Promise<APIMessage> {
  const ann = rig.backlot.viewer('Ann');
  return ann.untilMessage('betting-window', asksAboutTwins, { what: 'the pool about the twins' });
}

const staked = (rig: Rig, name: string): string | undefined => {
  const stake = rig.show.audience.stakeOf(rig.backlot.viewer(name).id, 'twin');
  return stake ? `${stake.chips} on ${stake.outcome}` : undefined;
};

suite('the pool about the twins', { concurrency: 8 }, () => {
  test('members press how far ahead who will be, think twice, and are paid at the bell', async (t) => {
    const rig = await openRig(t, { staging, clock: secondsClock });
    const { backlot, show } = rig;
    const pool = await twinTable(rig);
    await table(rig);
    assert.match(everyLine(pool), /same luck and news[^]*backs every answer with 50 chips/u);
    const [ann, ben, cleo] = ['Ann', 'Ben', 'Cleo'].map((name) => backlot.viewer(name));
    assert.ok(ann && ben && cleo);
    const press = async (who: typeof ann, id: string): Promise<string> =>
      (await (await who.press(pool, id)).message()).content;

    const early = await press(ann, 'v1:double:s1e1-twin');
    assert.match(
      early,
      /no stake here to double\. Press one of the answers/u,
      'there is no emoji to react with',
    );
    assert.match(
      await press(ann, 'v1:margin:s1e1-twin/twin:far'),
      /\*\*50\*\* chips on 🤖 \*\*Twins, by 2\s% or more/u,
    );
    assert.match(
      await press(ann, 'v1:margin:s1e1-twin/floor:near'),
      /on 🧠[^]*Your 50 chips on Twins, by 2\s% or more are back/u,
    );
    assert.match(await press(ann, 'v1:double:s1e1-twin'), /\*\*100\*\* chips on 🧠/u);
    assert.match(await press(ann, 'v1:my-stake:s1e1-twin'), /\*\*100\*\* chips on 🧠[^]*hold \*\*900\*\*/u);
    assert.equal(staked(rig, 'Ann'), '100 on floor:near');

    for (const margin of ['twin:far', 'twin:near', 'floor:far'])
      await press(ben, `v1:margin:s1e1-twin/${margin}`);
    assert.match(await press(ben, 'v1:take-back:s1e1-twin'), /Your 50 chips are back/u);
    assert.match(await press(ben, 'v1:take-back:s1e1-twin'), /no stake here/u);
    assert.match(await press(ben, 'v1:my-stake:s1e1-twin'), /no stake on the twins of episode 1 yet/u);
    await press(cleo, 'v1:margin:s1e1-twin/twin:far');
    const nothing = show.audience.stakeOnTwin(cleo.id, 'alice');
    assert.ok(!nothing.ok && nothing.code === 'unknown_outcome', 'a trader is no answer here');

    await rig.play(1 + 4);
    const result = show.audience.pools.resultOf('s1e1-twin');
    assert.ok(result?.status === 'settled' && result.leadBps !== undefined, JSON.stringify(result));
    assert.deepEqual(result.winners, marginsOf(result.leadBps));
    assert.notEqual(result.leadBps, 0, 'the script did something, the idle floor did not');
    const told = betting(rig).find(({ id }) => id === pool.id);
    assert.match(everyLine(told ?? pool), /Against their twins the traders made \*\*[+−][\d.]+\s%\*\*/u);
    const pot = 150 + 4 * 50;
    for (const [viewer, outcome, chips] of [
      [ann, 'floor:near', 100],
      [cleo, 'twin:far', 50],
    ] as const) {
      const paid: number = result.winners.includes(outcome) ? Math.floor((chips * pot) / (chips + 50)) : 0;
      assert.equal(show.audience.wallet(viewer.id).chips, 1_000 - chips + paid);
    }
    assert.equal(missingChips(show.audience.books()), 0);
  });

  test('both pools take stakes of the same member, and a producer gets both back', async (t) => {
    const rig = await openRig(t, { staging });
    await twinTable(rig);
    const producer = rig.backlot.viewer('Producer');
    assert.ok(rig.show.audience.stake(producer.id, 'mike').ok);
    assert.ok(rig.show.audience.stakeOnTwin(producer.id, 'twin:near').ok);
    const struck = await producer.ask('green-room', 'chaos');
    assert.match(struck.content, /50 chips on Mike has been returned[^]*50 chips on Twins, by less than/u);
    const again = rig.show.audience.stakeOnTwin(producer.id, 'twin:near');
    assert.ok(!again.ok && again.code === 'conflict_of_interest');
    assert.equal(rig.show.audience.wallet(producer.id).chips, 1_000);
  });

  test('where nobody could look at the bell, or the message is gone, stakes return', async (t) => {
    const rig = await openRig(t, { staging });
    const pool = await twinTable(rig);
    const ann = rig.backlot.viewer('Ann');
    assert.ok(rig.show.audience.stakeOnTwin(ann.id, 'twin:far').ok);
    rig.backlot.viewer('Producer').deleteMessage(pool);
    await rig.play(1 + 1);
    const result = (): PoolResult | null => rig.show.audience.pools.resultOf('s1e1-twin');
    await eventually('the stakes to return', () => result() !== null);
    assert.deepEqual(result(), { status: 'refunded', because: 'message_deleted' });
    assert.equal(rig.show.audience.wallet(ann.id).chips, 1_000);
    assert.equal(rig.show.audience.pool()?.status, 'locked', 'the other pool goes on');
  });

  test('when the stage is taken down, stakes on the twins return too', async (t) => {
    const rig = await openRig(t, { staging });
    const { audience } = rig.show;
    await twinTable(rig);
    const [ann, producer] = [rig.backlot.viewer('Ann'), rig.backlot.viewer('Producer')];
    assert.ok(audience.stakeOnTwin(ann.id, 'twin:far').ok);
    assert.ok(audience.stake(ann.id, 'mike').ok);
    const plan = await producer.ask('general', 'teardown');
    await pressInPlace(producer, plan, 'Remove all of it', (text) => text.includes('is down'));
    assert.equal(audience.wallet(ann.id).chips, 1_000);
    assert.deepEqual(audience.pools.live(), []);
    assert.equal(missingChips(audience.books()), 0);
  });

  test('a show that the script plays has no twin, and one pool', async (t) => {
    const rig = await openRig(t, { staging: { rules: staging.rules } });
    await rig.play(1);
    assert.deepEqual(betting(rig).filter(asksAboutTwins), []);
    assert.equal(rig.show.audience.pools.live().length, 1);
  });
});
