/** The show as #the-floor tells it, on a real backlot. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRig } from './rig.ts';

test('who reads #the-floor alone has followed the show: the question, the beats, the answer with links, the next question', async (t) => {
  const rig = await openRig(t, {
    staging: { rules: { intermissionRounds: 2, episodeRounds: 8 }, seed: 4 },
  });
  await rig.play(13);
  const ann = rig.backlot.viewer('Ann');
  const floor = ann.readChannel('the-floor');
  const cards = floor.flatMap(({ embeds }) => embeds).filter(({ title }) => /Episode/u.test(title ?? ''));
  const titles = cards.map(({ title }) => title ?? '');
  assert.deepEqual(titles, ['🎬 Episode 1', '🎞️ Episode 1, in one moment', '🎬 Episode 2']);
  const [opening, end, again] = cards.map(({ description }) => description ?? '');
  const [, question = ''] = /^\*\*The question:\*\* (.+\?)$/u.exec(opening ?? '') ?? [];
  assert.ok(question, opening);
  assert.ok(end?.startsWith(`**${question}** `), end);
  assert.match(end ?? '', /^\*\*.+\?\*\* (?:Yes|No|Alex|Alice|Mike|Sarah)\./u);
  assert.match(again ?? '', /\*\*Previously:\*\* \w+ won the day \(\+\$[\d.,]+\), \w+ came last/u);
  const lines = floor.map(({ content }) => content).join('\n');
  for (const beat of [
    /📞 \*\*First call:\*\*/u,
    /⏱️ \*\*Half time\.\*\*/u,
    /⏳ \*\*3 rounds to the bell\.\*\*/u,
  ])
    assert.match(lines, beat);

  const links = Array.from((end ?? '').matchAll(/\[watch\]\((\S+?)\)/gu), ([, link = '']) => link);
  assert.ok(links.length > 0, end);
  for (const link of links) {
    const [, guild, channel, message] =
      /^https:\/\/discord\.com\/channels\/(\d+)\/(\d+)\/(\d+)$/u.exec(link) ?? [];
    assert.equal(guild, rig.backlot.guildId);
    const place = ['tape', 'startup-offices', 'vc-office', 'coffee-shop', 'news-room'].find(
      (it) => rig.show.stageRecord.channel(it) === channel,
    );
    assert.ok(place, link);
    const name = place === 'tape' ? 'the-tape' : place;
    assert.ok(
      ann.readChannel(name).some(({ id }) => id === message),
      link,
    );
  }

  const [next] = /🎬 \*\*Next episode:\*\* .*\?/u.exec(end ?? '') ?? [];
  assert.ok(next, end);
  assert.ok(
    ann.readChannel('betting-window').some(({ content }) => content === next),
    'the window announces it too',
  );
  assert.ok(again?.includes(next.replace('🎬 **Next episode:** ', '')), 'and it is asked');
  assert.ok(
    ann.readChannel('vc-office').some(({ content }) => content.includes('have to share this sofa')),
    'after the bell two of them meet',
  );
});
