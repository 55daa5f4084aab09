import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Observation } from '#core/observation.ts';
import { CHOICES } from '#core/trading/what-if.ts';
import type { Brain } from '#show/ports/brain.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { buttons, everyLine, pressInPlace } from '#test/commands/kit.ts';
import { content } from '#test/support/floor.ts';
import { openRig, type Rig } from './rig.ts';

/** The scripted brain, and what it was shown. */
function watched(seen: Map<string, Observation>): Brain {
  const brain = createScriptedBrain({ cast: content.cast, seed: 1 });
  return {
    ...brain,
    think(turn, signal) {
      seen.set(`${turn.observation.round}/${turn.observation.trader}`, turn.observation);
      return brain.think(turn, signal);
    },
  };
}

async function rigWith(
  t: Parameters<typeof openRig>[0],
): Promise<{ rig: Rig; seen: Map<string, Observation> }> {
  const seen = new Map<string, Observation>();
  const rig = await openRig(t, {
    staging: { rules: { intermissionRounds: 1, episodeRounds: 3 }, brain: watched(seen) },
  });
  await rig.play(2);
  return { rig, seen };
}

suite('the chair', { concurrency: 4 }, () => {
  test('a member sees what the brain got, chooses, and the bell says who did better', async (t) => {
    const { rig, seen } = await rigWith(t);
    const { backlot, show } = rig;
    const ann = backlot.viewer('Ann');
    const offered = show.hand.chair.offer(ann.id, 'alice');
    assert.ok(offered.ok);
    assert.deepEqual(offered.value.observation, seen.get('2/alice'));
    const chair = await ann.ask('the-gallery', 'chair', { trader: 'Alice' });
    assert.match(everyLine(chair), /all that the trader was told this turn/u);
    for (const [menu, choice] of [
      ['chair-trade', 'Crypto'],
      ['chair-size', 'Half'],
    ] as const)
      await ann.press(chair, `v1:${menu}:alice/2`, [choice]);
    const stored = () => rig.theatre.store.hand.seat(ann.id, 'alice', 2);
    await ann.until(() => (stored()?.size === 'Half' ? true : undefined), { what: 'the choice' });
    await rig.play(1);
    const late = show.hand.chair.choose(ann.id, 'alice', 2, { trade: 'Bonds' });
    assert.equal(late.ok ? '' : late.code, 'round_is_over');
    await rig.play(1);
    const judged = show.hand.chair.lastJudged(ann.id);
    assert.ok(judged && judged.made.length === CHOICES.length);
    const own = judged.made.find(({ choice }) => choice.trade === 'Crypto' && choice.size === 'Half');
    assert.equal(judged.seat.ownCents, own?.cents, 'the table and the verdict agree');
    const last = await pressInPlace(ann, chair, 'My last chair');
    assert.match(everyLine(last), /You: Into Crypto, half, \*\*[+−]\$[^]*What every choice would have made/u);
    const board = await ann.ask('the-gallery', 'leaderboard', { board: 'chair' });
    assert.match(everyLine(board), new RegExp(`<@${ann.id}> [01] of 1`, 'u'));
    await ann.untilMessage('the-floor', (message) =>
      everyLine(message).includes("1 choice from a trader's chair"),
    );
  });

  test('who chose too late is a click away from the same chair in the round that is on', async (t) => {
    const { rig } = await rigWith(t);
    const ann = rig.backlot.viewer('Ann');
    const chair = await ann.ask('the-gallery', 'chair', { trader: 'Alice' });
    await rig.play(1);
    await ann.press(chair, 'v1:chair-trade:alice/2', ['Crypto']);
    const late = await ann.until(
      (now) =>
        now
          .readChannel(chair.channel_id)
          .find(({ id, content }) => id === chair.id && content.includes('That round is over')),
      { what: 'the refusal' },
    );
    assert.deepEqual([...buttons(late).keys()], ["This round's chair", 'My last chair']);
    const now = await pressInPlace(ann, late, "This round's chair");
    assert.equal(now.content, '');
    assert.match(everyLine(now), /Alice's chair, round 3/u);
  });

  test('after chaos nobody chooses for a turn from before it, and everybody for one after it', async (t) => {
    const { rig } = await rigWith(t);
    const { backlot, show } = rig;
    const ann = backlot.viewer('Ann');
    assert.ok(show.hand.chair.choose(ann.id, 'alice', 2, { trade: 'Tech' }).ok);
    assert.ok(show.strikeChaos('producer', null).ok);
    const wise = show.hand.chair.choose(ann.id, 'alice', 2, { trade: 'Bonds' });
    assert.equal(wise.ok ? '' : wise.code, 'chaos_struck');
    assert.equal(
      rig.theatre.store.hand.seat(ann.id, 'alice', 2)?.trade,
      'Tech',
      'what was chosen before stands',
    );
    await rig.play(1);
    assert.ok(show.hand.chair.choose(ann.id, 'alice', 3, { trade: 'Bonds' }).ok);
  });

  test('with consent the decision stays without a name, also when the member is forgotten; without it nothing does', async (t) => {
    const { rig, seen } = await rigWith(t);
    const { backlot, show, theatre } = rig;
    const [ann, ben] = ['Ann', 'Ben'].map((name) => backlot.viewer(name));
    assert.ok(ann && ben);
    const chair = await ann.ask('the-gallery', 'chair', { trader: 'mike' });
    assert.match(everyLine(chair), /kept without your name/u);
    await pressInPlace(ann, chair, 'Yes, keep them');
    for (const member of [ann.id, ben.id])
      assert.ok(show.hand.chair.choose(member, 'mike', 2, { trade: 'Bonds', size: 'AllIn' }).ok);
    const again = await ann.ask('the-gallery', 'chair', { trader: 'mike' });
    assert.ok(!buttons(again).has('Yes, keep them'), 'it is asked once');
    await rig.play(2);
    assert.ok(show.forget(ann.id).ok);
    const kept = theatre.store.hand.humanTurns();
    assert.equal(kept.length, 1);
    assert.deepEqual(kept[0]?.decision, {
      trade: 'Bonds',
      size: 'AllIn',
      location: seen.get('2/mike')?.roomName,
    });
    assert.deepEqual(kept[0]?.observation, JSON.parse(JSON.stringify(seen.get('2/mike'))));
    assert.ok(!JSON.stringify(kept).includes(ann.id));
    assert.equal(theatre.store.hand.lastJudged(ann.id), null);
  });

  test('what is chosen changes nothing in the show', async (t) => {
    const hashes = async (sits: boolean): Promise<string[]> => {
      const { rig } = await rigWith(t);
      const choose = () => rig.show.hand.chair.choose('1', 'sarah', rig.show.state.round, { trade: 'Tech' });
      if (sits) assert.ok(choose().ok);
      await rig.play(2);
      return rig.theatre.store.show.roundHashes().map(({ hash }) => hash);
    };
    assert.deepEqual(await hashes(true), await hashes(false));
  });
});
