/** Topics of the show's channels follow its language. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { buttons, pressInPlace } from '#test/commands/kit.ts';
import { admin } from './admin.ts';
import { eventually, inHaste, openRig, type Rig } from './rig.ts';

const ENGLISH = {
  'the-floor': 'The office from above, and who leads.',
  'the-tape': 'News, prices, fills, compliance, obituaries.',
  'betting-window': 'Back a trader with a reaction. Play chips only.',
  'the-gallery': 'Talk about the show, and type its commands; /help lists them.',
  'green-room': 'Producers only: press the buttons here.',
};
const GERMAN = {
  'the-floor': 'Das Büro von oben, und wer führt.',
  'the-tape': 'Nachrichten, Kurse, Abschlüsse, Compliance, Nachrufe.',
  'betting-window': 'Setze mit einer Reaktion auf einen Händler. Nur Spielchips.',
  'the-gallery': 'Redet über die Show, und tippt ihre Befehle: /help zählt sie auf.',
  'green-room': 'Nur für die Regie: Hier drückt ihr die Knöpfe.',
};

/** Of the show's own channels, by name. */
function topics({ backlot }: Rig): Record<string, string | null> {
  const channels = backlot.viewer('Producer').channels();
  return Object.fromEntries(
    Object.keys(ENGLISH).map((name) => [name, channels.find((each) => each.name === name)?.topic ?? null]),
  );
}

const same = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

async function speak({ backlot }: Rig, language: 'English' | 'Deutsch'): Promise<void> {
  const producer = backlot.viewer('Producer');
  const plan = await producer.ask('general', 'setup', { language });
  assert.match([...buttons(plan).keys()].join(), /Apply/u);
  await pressInPlace(producer, plan, 'Apply', (text) => text.includes('stage stands'));
}

/** What an admin writes in the channel's settings. */
function write(rig: Rig, place: 'floor' | 'tape', topic: string): Promise<unknown> {
  return admin(rig, 'PATCH', `/channels/${rig.show.stageRecord.channel(place)}`, { topic });
}

suite('topics', { concurrency: 3 }, () => {
  test('the show’s own topics follow its language, what an admin wrote or took away stays, and so do names', async (t) => {
    const rig = await openRig(t, inHaste());
    assert.deepEqual(topics(rig), ENGLISH);
    await write(rig, 'floor', 'Our own floor.');
    await write(rig, 'tape', '');
    const byHand = { 'the-floor': 'Our own floor.', 'the-tape': topics(rig)['the-tape'] ?? null };
    await speak(rig, 'Deutsch');
    await eventually('topics in German', () => same(topics(rig), { ...GERMAN, ...byHand }));
    await speak(rig, 'English');
    await eventually('topics in English again', () => same(topics(rig), { ...ENGLISH, ...byHand }));
  });

  test('a topic that is still to follow does so after a restart', async (t) => {
    const rig = await openRig(t);
    await rig.stage.close();
    rig.show.keyValues.set('language', 'de');
    await rig.reopen();
    await eventually('topics in German', () => same(topics(rig), GERMAN));
  });

  test('where Discord takes no topic for a while, the others follow, posts go on, and it follows later', async (t) => {
    const rig = await openRig(t, inHaste());
    const floor = rig.show.stageRecord.channel('floor') ?? '';
    const refused = rig.backlot.misbehave({
      match: { method: 'PATCH', route: new RegExp(`^/channels/${floor}$`, 'u') },
      status: 429,
      retryAfterMs: 60_000,
      times: 1,
    });
    await speak(rig, 'Deutsch');
    const rest = { ...GERMAN, 'the-floor': ENGLISH['the-floor'] };
    await eventually('the other topics in German', () => same(topics(rig), rest));
    await rig.play(1);
    assert.equal(refused.hits, 1);
    assert.deepEqual(topics(rig), rest);
    await eventually('all topics in German', () => same(topics(rig), GERMAN));
  });
});
