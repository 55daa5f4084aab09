import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CUES } from '#brain/scripted/cues.ts';
import { DEFAULT_RECALLS } from '#brain/scripted/default-recalls.ts';
import { fill } from '#brain/scripted/fill.ts';
import { FACT_KINDS, type Fact, type FactKind } from '#core/memory/fact.ts';
import { subjectsOf, tells } from '#core/memory/telling.ts';
import { expansions, RECALL_SITUATIONS } from '#core/script.ts';
import { content } from '#test/support/floor.ts';

const { cast } = content;
const fact = (kind: FactKind, about: string | null, by: string | null = null): Fact => ({
  kind,
  round: 1,
  about,
  by,
  instrument: kind.endsWith('Call') || kind.endsWith('Advice') ? 'Tech' : null,
  amountCents: 90_000,
  moveBps: 400,
  count: 5,
  knownBy: null,
  told: {},
});
const from = (speaker: string, text: string, heardBy = ['alex', 'alice', 'mike', 'sarah']) => ({
  speaker,
  text,
  heardBy,
});

test('a line tells of a margin call by the words for it and by whom they stand next to, whoever wrote it', () => {
  const alex = fact('marginCall', 'alex');
  for (const text of [
    'So Alex was margin-called, I hear.',
    'Alex, they margin-called you. I kept your plate warm.',
    'Mike, Alex got a margin call!',
    'Alex! The margin clerk wants your shoes.',
  ])
    assert.ok(tells(from('sarah', text), alex, cast), text);
  for (const text of [
    'Alex, I was margin-called.',
    'Mike, you were margin-called.',
    'Were you margin-called, Alex?',
    'Alex will be margin-called by Friday.',
    'Alex was never margin-called.',
    'Alex, your book looks like a cry for help.',
    'Alex, nice hat. Mike got a margin call.',
  ])
    assert.ok(!tells(from('sarah', text), alex, cast), text);
  assert.ok(tells(from('alex', 'I got margin-called, Sarah!'), alex, cast));
  assert.deepEqual(subjectsOf(from('mike', 'Alice went bankrupt!'), 'bankruptcy', cast), ['alice']);
  assert.deepEqual(subjectsOf(from('mike', 'My order came back, unopened!'), 'comeback', cast), []);
  assert.deepEqual(subjectsOf(from('mike', 'Alice, is Tech cheap?'), 'bankruptcy', cast), []);
});

test('what lies between two is told only where both, and the instrument, are spoken of', () => {
  const advice = fact('badAdvice', 'mike', 'alex');
  assert.ok(
    tells(from('mike', 'Alex, you told me to buy Tech and it cost me nine hundred dollars!'), advice, cast),
  );
  assert.ok(!tells(from('mike', 'You told me to buy Tech!'), advice, cast), 'whoever "you" is among three');
  assert.ok(tells(from('mike', 'You told me to buy Tech!', ['alex', 'mike']), advice, cast));
  assert.ok(!tells(from('mike', 'Alex, you told me to buy Crypto!'), advice, cast));
});

/** Who speaks, and who stands there, so that a line of the bank is about its own fact. */
function staged(situation: string) {
  const [kind, part] = situation.split('.');
  const isKind = (text: string | undefined): text is FactKind => FACT_KINDS.some((each) => each === text);
  if (!isKind(kind)) assert.fail(situation);
  const [about, by] =
    part === 'me'
      ? ['mike', 'alex']
      : part === 'mine' || part === 'lost'
        ? ['alex', 'mike']
        : ['alex', 'sarah'];
  return fact(kind, part === 'all' ? null : (about ?? null), part === 'all' ? null : (by ?? null));
}

const slots = {
  amount: 'nine hundred dollars',
  percent: 'four percent',
  count: 'five',
  instrument: 'Tech',
  is: 'is',
  was: 'was',
  has: 'has',
  s: 's',
  they: 'it',
  them: 'it',
  room: 'VC Office',
};

test('every line of every bank about what happened tells just that, with each of its choices', () => {
  const banks = [
    ...cast.map(({ id, script }) => [id, script?.recalls ?? {}] as const),
    ['default', DEFAULT_RECALLS] as const,
    ['cues', CUES] as const,
  ];
  const mute: string[] = [];
  for (const [id, bank] of banks) {
    assert.deepEqual(Object.keys(bank).toSorted(), Object.keys(RECALL_SITUATIONS).toSorted(), id);
    for (const [situation, templates] of Object.entries(bank)) {
      const told = staged(situation);
      const names = (trader: string | null) => cast.find((persona) => persona.id === trader)?.name ?? '';
      for (const template of templates.flatMap(expansions)) {
        const text = fill(template, { ...slots, who: names(told.about), by: names(told.by) });
        assert.ok(text !== null && text.length <= 140, `${id} ${situation}: ${template}`);
        if (!tells(from('mike', text), told, cast)) mute.push(`${id} ${situation}: ${text}`);
      }
    }
  }
  assert.deepEqual(mute, []);
});
