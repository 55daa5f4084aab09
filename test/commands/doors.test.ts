import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openRig } from '../stage/rig.ts';
import { everyLine } from './kit.ts';

const rules = { intermissionRounds: 2, episodeRounds: 3 };
const bet = { trader: 'alice', amount: '10' };

suite('a show by appointment, for its members', { concurrency: 2 }, () => {
  test('behind closed doors a bet, the floor, the window and the ballot tell when they open', async (t) => {
    const rig = await openRig(t, { staging: { rules } });
    const ann = rig.backlot.viewer('Ann');
    await rig.play(1);
    assert.ok(rig.show.timetable.change({ mode: 'appointment' }, 'console').ok);
    await rig.play(4);
    const opensMs = rig.show.timetable.nextOpeningMs();
    assert.ok(opensMs !== null);
    const soon = `<t:${opensMs / 1000}:R>`;
    const { content } = await ann.ask('the-gallery', 'bet', bet);
    assert.equal(content, `No pool is open now. The next one opens with the doors, ${soon}.`);
    const floor = await ann.ask('the-gallery', 'floor');
    assert.match(floor.content, new RegExp(`\\nThe doors open ${soon}\\.$`, 'u'));
    const told = `🚪 The doors are closed. They open again <t:${opensMs / 1000}:f> (${soon}), and the next pool with them.`;
    for (const channel of ['betting-window', 'the-floor'])
      assert.equal(ann.readChannel(channel).at(-1)?.content.split('\n').at(-1), told, channel);
    const ballot = ann
      .readChannel('betting-window')
      .find((message) => /You decide/u.test(everyLine(message)));
    assert.equal(ballot?.content, `The doors open ${soon}.`);
  });

  test('in an episode a bet that comes too late is told how many rounds it is to the next pool', async (t) => {
    const rig = await openRig(t, { staging: { rules } });
    const ann = rig.backlot.viewer('Ann');
    await rig.play(3);
    const ask = async (): Promise<string> => (await ann.ask('the-gallery', 'bet', bet)).content;
    assert.equal(await ask(), 'No pool is open now. The next one opens after the closing bell, in 2 rounds.');
    await rig.play(1);
    assert.match(await ask(), /, in 1 round\.$/u);
  });
});
