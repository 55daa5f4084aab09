/** A member deletes their data while a line that names them is on its way to Discord. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Planned } from '#show/ports/outbox.ts';
import { loseChips } from '#test/support/chips.ts';
import { layoutWords } from '#stage/presentation/message.ts';
import { eventually, inHaste, openRig, openTestStage, type Rig } from './rig.ts';

/** Posts in the betting window; the pool's own message is there already. */
const posts = (rig: Rig) => ({
  method: 'POST',
  route: new RegExp(`^/channels/${rig.show.stageRecord.channel('betting') ?? ''}/messages$`, 'u'),
});

const bailouts = (rig: Rig): string[] =>
  rig.backlot
    .viewer('Ben')
    .readChannel('betting-window')
    .map(({ content }) => content)
    .filter((content) => content.includes('🤝'));

const NAMELESS = '🤝 a former member had no chips left and takes the bailout of the day, **100** chips.';

function bailOut(rig: Rig, member: string): void {
  loseChips(rig.theatre.store, member);
  assert.ok(rig.show.bailOut(member).ok);
}

suite('whoever is forgotten while a line that names them is under way', { concurrency: 3 }, () => {
  test('is not named by it once it has arrived', async (t) => {
    const rig = await openRig(t, inHaste());
    const ann = rig.backlot.viewer('Ann');
    await rig.shown();
    const slow = rig.backlot.misbehave({ match: posts(rig), times: 1, delayMs: 500 });
    bailOut(rig, ann.id);
    await eventually('the request', () => slow.hits > 0);
    assert.ok(rig.show.forget(ann.id).ok);
    await rig.shown();
    assert.deepEqual(bailouts(rig), [NAMELESS]);
    assert.equal(rig.show.outbox.pending(), 0);
  });

  test('is not named by one that was in words already and waited for the message before it', async (t) => {
    const rig = await openRig(t, inHaste());
    const ann = rig.backlot.viewer('Ann');
    await rig.shown();
    const slow = rig.backlot.misbehave({ match: posts(rig), times: 1, delayMs: 500 });
    const leak: Planned = {
      place: 'betting',
      post: { kind: 'leakOpened', trader: 'alex', round: 1 },
      afterMs: 0,
    };
    rig.theatre.store.show.post([leak], 0, 0);
    bailOut(rig, ann.id);
    await eventually('the request', () => slow.hits > 0);
    assert.ok(rig.show.forget(ann.id).ok);
    await rig.shown();
    assert.deepEqual(bailouts(rig), [NAMELESS]);
  });

  test('is not named by one whose answer was lost, and it is not posted twice', async (t) => {
    const rig = await openRig(t, inHaste({ onDisk: true }));
    const ann = rig.backlot.viewer('Ann');
    await rig.shown();
    // discord.js asks again by itself.
    const lost = rig.backlot.misbehave({ match: posts(rig), times: 4, drop: true, afterEffect: true });
    bailOut(rig, ann.id);
    await eventually('the request', () => lost.hits > 0);
    await rig.stage.close();
    lost.stop();
    assert.match(bailouts(rig).join('\n'), new RegExp(`^🤝 <@${ann.id}> had no chips left`, 'u'));
    assert.ok(rig.show.forget(ann.id).ok);
    // Discord remembers a nonce only for some minutes.
    rig.show.keyValues.delete('nonce-salt');
    rig.theatre = rig.theatre.restart();
    rig.show = rig.theatre.show;
    rig.stage = await openTestStage(rig.backlot);
    await rig.stage.attach(rig.backlot.guildId, rig.show);
    await rig.shown();
    assert.deepEqual(bailouts(rig), [NAMELESS]);
  });
});

test('a producer who is forgotten is not named by the panel any more, though the show stands still', async (t) => {
  const rig = await openRig(t, inHaste({ started: false }));
  const producer = rig.backlot.viewer('Producer');
  const panel = (): string =>
    producer
      .readChannel('green-room')
      .flatMap(({ components }) => layoutWords(components))
      .join('\n');
  rig.show.noteSetup('built', producer.id);
  await rig.shown();
  assert.match(panel(), new RegExp(`<@${producer.id}> had the stage built`, 'u'));
  assert.ok(rig.show.forget(producer.id).ok);
  await rig.shown();
  assert.match(panel(), /a former member had the stage built/u);
});
