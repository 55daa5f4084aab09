import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CardView } from '#show/ports/card-views.ts';
import { buttons, everyLine } from '#test/commands/kit.ts';
import { openRig, pixelPainter } from './rig.ts';

const SHORT = { episodeRounds: 3, intermissionRounds: 1, seasonEpisodes: 1 };

suite('cards', { concurrency: 4 }, () => {
  test('the closing bell and the end of the season bring their cards to the tape, and tell them in words as well', async (t) => {
    const asked: CardView['kind'][] = [];
    const painter = {
      ...pixelPainter,
      card: async (view: CardView) => (
        asked.push(view.kind),
        pixelPainter.card(view, AbortSignal.timeout(1_000))
      ),
    };
    const rig = await openRig(t, { staging: { rules: SHORT }, painter });
    await rig.play(4);
    assert.deepEqual(asked, ['recap', 'awards']);
    const tape = rig.backlot.viewer('Ann').readChannel('the-tape');
    const pictures = tape.flatMap((message) => message.attachments.map((file) => ({ file, message })));
    assert.deepEqual(
      pictures.map(({ file }) => file.filename),
      ['recap-1-1.png', 'awards-1.png'],
    );
    assert.match(pictures[0]?.file.description ?? '', /^Recap of episode 1.*Alex made .*Best call: /);
    assert.match(pictures[1]?.file.description ?? '', /^The awards of season 1\. Most money: /);
    assert.match(
      everyLine(pictures[0]?.message ?? { content: '', embeds: [] }),
      /Closing bell: episode 1\n1\. /,
    );
  });

  test('after chaos the words of the recap say, like its picture, what chaos cost or made each trader', async (t) => {
    const rig = await openRig(t, { staging: { rules: SHORT } });
    await rig.play(2);
    assert.ok(rig.show.strikeChaos('console', null).ok);
    await rig.play(2);
    const bell = rig.backlot
      .viewer('Ann')
      .readChannel('the-tape')
      .find((message) => message.attachments[0]?.filename === 'recap-1-1.png');
    const alt = bell?.attachments[0]?.description ?? '';
    assert.match(alt, / Chaos in round 2\. It (?:cost|made|changed) /);
    for (const { name } of rig.show.content.cast)
      assert.match(alt, new RegExp(`It (?:(?:cost|made) ${name} \\$|changed nothing for ${name}\\.)`, 'u'));
  });

  test('a bell whose card cannot be painted is rung in words', async (t) => {
    const painter = { ...pixelPainter, card: () => Promise.reject(new Error('out of paint')) };
    const rig = await openRig(t, { staging: { rules: SHORT }, painter });
    await rig.play(4);
    const tape = rig.backlot.viewer('Ann').readChannel('the-tape');
    assert.ok(tape.some((message) => everyLine(message).includes('Closing bell: episode 1')));
    assert.ok(tape.every((message) => message.attachments.length === 0));
    assert.ok(rig.logged.some((entry) => entry.message.startsWith('a card could not be painted')));
  });

  test('the leaderboard and the market have their charts, and a button shows a trader to whoever pressed it', async (t) => {
    const rig = await openRig(t);
    await rig.play(5);
    const ann = rig.backlot.viewer('Ann');
    const market = await ann.ask('the-gallery', 'market');
    assert.match(market.attachments[0]?.description ?? '', /^Chart of prices from round \d+ to 5\. Tech at /);
    const board = await ann.ask('the-gallery', 'leaderboard');
    assert.match(board.attachments[0]?.description ?? '', /^Chart of everybody's equity in season 1\. /);
    const alex = [...buttons(board)].find(([label]) => label.includes('Alex'))?.[1];
    assert.ok(alex);
    await ann.press(board, alex);
    const card = await ann.until(
      (now) =>
        now
          .readChannel('the-gallery')
          .find((message) => message.attachments[0]?.filename.startsWith('trader-alex')),
      {
        what: 'the card of Alex',
        timeoutMs: 10_000,
      },
    );
    assert.match(
      card.attachments[0]?.description ?? '',
      /^Card of Alex, The Crypto Degen\. .*blacked out\.$/,
    );
    assert.ok(
      rig.backlot
        .viewer('Ben')
        .readChannel('the-floor')
        .every((message) => message.id !== card.id),
      'only Ann sees it',
    );
  });
});
