/** Between the facts of the recap stand the traders' own words. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import type { Brain } from '#show/ports/brain.ts';
import { layoutWords } from '#stage/presentation/message.ts';
import { everyLine } from '#test/commands/kit.ts';
import { content } from '#test/support/floor.ts';
import { openRig, type Rig } from './rig.ts';

const rules = { intermissionRounds: 1, episodeRounds: 12 };

/** The bell's card in #the-floor, and what /recap answers. */
async function told(rig: Rig): Promise<{ card: string; recap: string }> {
  const ann = rig.backlot.viewer('Ann');
  const card = await ann.untilMessage('the-floor', ({ embeds }) =>
    /Episode 1, in three/u.test(embeds[0]?.title ?? ''),
  );
  const recap = layoutWords((await ann.ask('the-gallery', 'recap')).components).join('\n');
  return { card: everyLine(card), recap };
}

suite('traders look back', { concurrency: 4 }, () => {
  test('as the bell rings each says to the camera what it made of the episode; the card and /recap have it', async (t) => {
    const rig = await openRig(t, { staging: { rules, seed: 5 } });
    await rig.play(1 + 12);
    const { looksBack = {} } = rig.show.hand.recap(1) ?? {};
    assert.ok(Object.keys(looksBack).length >= 2, JSON.stringify(looksBack));
    const { card, recap } = await told(rig);
    for (const line of Object.values(looksBack)) assert.ok(recap.includes(`“${line}”`), line);
    assert.match(recap, /> 🎥 (?:Alice|Alex|Mike|Sarah): “/u);
    assert.match(card, /> 🎥 (?:Alice|Alex|Mike|Sarah): “/u);
    const turns = rig.theatre.store.show.turns('alice', 1_000);
    assert.ok(!turns.some(({ decision }) => decision.speech === looksBack['alice']), 'it was no turn');
  });

  test('where no brain answers the facts stand alone', async (t) => {
    const script = createScriptedBrain({ cast: content.cast, seed: 5 });
    const brain: Brain = {
      ...script,
      think: (turn, signal) =>
        turn.aside ? Promise.reject(new Error('the model is gone')) : script.think(turn, signal),
    };
    const rig = await openRig(t, { staging: { rules, seed: 5, brain } });
    await rig.play(1 + 12);
    assert.deepEqual(rig.show.hand.recap(1)?.looksBack, {});
    const { card, recap } = await told(rig);
    assert.doesNotMatch(card + recap, /🎥/u);
    assert.match(recap, /\*\*1\.\*\*/u);
  });
});
