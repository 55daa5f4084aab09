import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { setQuietHours } from '#show/schedule/quiet-hours.ts';
import type { Painter } from '#show/ports/painter.ts';
import { everyLine, pressInPlace } from '#test/commands/kit.ts';
import { inHaste, openRig, pixelPainter, type Rig } from './rig.ts';

const rules = { intermissionRounds: 1, episodeRounds: 2 };
const ENDING =
  /gained most|Nobody placed a stake|Who gains most in episode 2|Next episode|in (?:one|two|three) moments?/u;

/** What Discord was sent, in order: the bell, and whatever tells how the episode ended. */
function told({ backlot }: Rig): string[] {
  const heard: string[] = [];
  backlot.onRequest(({ method, body }) => {
    const text = method === 'POST' || method === 'PATCH' ? JSON.stringify(body ?? null) : '';
    if (text.includes('Closing bell: episode 1')) heard.push('the bell');
    else if (ENDING.test(text)) heard.push('the ending');
  });
  return heard;
}

/** A painter whose cards take their time. */
const slowly = (ms: number): Painter => ({
  ...pixelPainter,
  card: (...wanted) => delay(ms).then(() => pixelPainter.card(...wanted)),
});

/** A painter whose cards are done when `drawn` is. */
function untilDrawn(): { painter: Painter; drawn: PromiseWithResolvers<void> } {
  const drawn = Promise.withResolvers<void>();
  const card: Painter['card'] = (...wanted) => drawn.promise.then(() => pixelPainter.card(...wanted));
  return { painter: { ...pixelPainter, card }, drawn };
}

suite('the end of an episode', { concurrency: 2 }, () => {
  test('however long the card of the bell takes, the betting window and the floor wait for it', async (t) => {
    const rig = await openRig(t, { staging: { rules }, painter: slowly(300) });
    const heard = told(rig);
    await rig.play(3);
    assert.equal(heard.shift(), 'the bell');
    assert.ok(heard.length >= 4 && heard.every((each) => each === 'the ending'), heard.join());
  });

  test('the pinned board keeps to itself who leads until the bell was heard, and shows it then', async (t) => {
    const rig = await openRig(t, { ...inHaste({ rules }), painter: slowly(800) });
    const heard: string[] = [];
    rig.backlot.onRequest(({ method, body }) => {
      const text = JSON.stringify(body ?? null);
      if (method === 'POST' && text.includes('Closing bell: episode 1')) heard.push('the bell');
      const [embed] = (body as { embeds?: { title?: string; description?: string }[] } | null)?.embeds ?? [];
      if (embed?.title?.startsWith('Leaderboard')) heard.push(embed.description ?? '');
    });
    await rig.play(3);
    const last = heard.at(-1) ?? '';
    assert.notEqual(last, 'the bell');
    assert.ok(
      heard.indexOf('the bell') !== -1 && heard.indexOf('the bell') < heard.indexOf(last),
      heard.join('\n'),
    );
  });

  test('what members ask before the bell was heard does not tell how the episode ended', async (t) => {
    const { painter, drawn } = untilDrawn();
    const rig = await openRig(t, { staging: { rules }, painter });
    const ann = rig.backlot.viewer('Ann');
    assert.ok(rig.show.audience.stake(ann.id, 'alice', 50).ok);
    await rig.play(2);
    const thought = await ann.ask('the-gallery', 'confess', { trader: 'alice' });
    const sums = await pressInPlace(ann, thought, '📢 Leak it (300 missing)');
    await rig.theatre.play(1);
    const toCome = /the closing bell tells how: <t:\d+:R>/u;
    for (const [question, options] of [
      ['recap', {}],
      ['leaderboard', {}],
      ['wallet', {}],
      ['floor', {}],
      ['bet', { trader: 'mike', amount: '10' }],
    ] as const)
      assert.match((await ann.ask('the-gallery', question, options)).content, toCome, question);
    assert.match((await pressInPlace(ann, sums, '25 chips')).content, toCome);
    const chair = await ann.ask('the-gallery', 'chair', { trader: 'alice' });
    assert.match(chair.content, /market is shut/u);
    assert.match((await pressInPlace(ann, chair, 'My last chair')).content, toCome);
    for (const question of ['privacy', 'delete-my-data'])
      assert.match(everyLine(await ann.ask('the-gallery', question)), /A wallet and its history/u, question);
    drawn.resolve();
    await rig.shown();
    const { chips } = rig.show.audience.wallet(ann.id);
    for (const question of ['wallet', 'privacy', 'delete-my-data'])
      assert.ok(
        everyLine(await ann.ask('the-gallery', question)).includes(chips.toLocaleString('en')),
        question,
      );
  });

  test('before the bell was heard members can delete their data as ever', async (t) => {
    const { painter, drawn } = untilDrawn();
    const rig = await openRig(t, { staging: { rules }, painter });
    const ann = rig.backlot.viewer('Ann');
    assert.ok(rig.show.audience.stake(ann.id, 'alice', 50).ok);
    await rig.play(2);
    await rig.theatre.play(1);
    const question = await ann.ask('the-gallery', 'delete-my-data');
    assert.match((await pressInPlace(ann, question, 'Delete my data')).content, /^Done\./u);
    drawn.resolve();
  });

  test('a bell that falls into quiet hours is heard by nobody, and nobody waits for it', async (t) => {
    const rig = await openRig(t, { staging: { rules, paceMs: 60_000 } });
    const ann = rig.backlot.viewer('Ann');
    for (let round = 1; round <= 3; round += 1) await rig.show.playRound(AbortSignal.timeout(10_000));
    assert.match((await ann.ask('the-gallery', 'wallet')).content, /the closing bell tells how/u);
    const fromHour = new Date().getUTCHours();
    setQuietHours(rig.show.keyValues, { fromHour, toHour: (fromHour + 2) % 24, timeZone: 'UTC' });
    assert.match(everyLine(await ann.ask('the-gallery', 'wallet')), /1,000/u);
  });

  test('a tape that Discord refuses holds up no other place', async (t) => {
    const rig = await openRig(t, { staging: { rules } });
    const tape = rig.show.stageRecord.channel('tape') ?? '';
    await rig.play(2);
    const away = rig.backlot.misbehave({
      match: { method: 'POST', route: new RegExp(`^/channels/${tape}/messages`, 'u') },
      times: Number.POSITIVE_INFINITY,
      status: 403,
      code: 50013,
    });
    await rig.theatre.play(1);
    const ann = rig.backlot.viewer('Ann');
    await ann.untilMessage('betting-window', ({ content }) => content.includes('Next episode'));
    away.stop();
  });
});
