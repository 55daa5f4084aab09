import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedTexts } from '#brain/prompts/fixed-text.ts';
import { allWorkedTurns, workedTurns } from '#brain/prompts/examples.ts';
import { loadLibrary } from '#app/content.ts';
import type { Persona } from '#core/content.ts';
import { DECISION_KEYS, decisionSchema } from '#core/decision.ts';
import { maskedWords, wordsOf } from '#lib/words.ts';
import { content } from '#test/support/floor.ts';

const { cast, office } = content;
const floor = { cast, rooms: office.rooms };
const schema = decisionSchema(office.rooms.map(({ name }) => name));

test('each of the cast is shown at work twice: alone, and answering with what it remembers', () => {
  for (const persona of cast) {
    const turns = workedTurns(persona, floor, DECISION_KEYS);
    const [alone, answering, ...more] = turns.map(({ sees }) => sees);
    assert.ok(alone && answering && more.length === 0, persona.id);
    assert.match(alone, /, alone\./, persona.id);
    assert.match(answering, /^\w+ says: "/m, persona.id);
    const remembers = persona.examples?.find(({ does }) =>
      turns[1]?.does.includes(JSON.stringify(does.speech)),
    );
    assert.equal(remembers?.sees.remembers.length, 1, persona.id);
  }
});

test('no two worked turns of a persona that ships have the same deal, and the two that are shown differ in trade and in size', () => {
  const { personas } = loadLibrary(null);
  for (const persona of personas) {
    const shown = workedTurns(persona, { ...floor, cast: personas }, DECISION_KEYS);
    const [one, other] = shown.map(({ does }) => schema.parse(JSON.parse(does)));
    assert.ok(one && other && one.trade !== other.trade && one.size !== other.size, persona.id);
    const deals = persona.examples?.map(({ does }) => `${does.trade} ${does.size}`) ?? [];
    assert.equal(new Set(deals).size, deals.length, `${persona.id}: ${deals.join(', ')}`);
  }
});

test('an answer is shown as the engine writes it: compact, its keys in the order in which they are generated', () => {
  const [alex] = cast;
  assert.ok(alex);
  const order = ['trade', 'size', 'thought', 'speech', 'location'] as const;
  for (const { does } of workedTurns(alex, floor, order)) {
    assert.deepEqual(Object.keys(JSON.parse(does) as object), order);
    assert.equal(does, JSON.stringify(JSON.parse(does)));
  }
});

test('a persona without worked turns gets them from its phrase banks, or from the default voice, never the same deal', () => {
  const bare = cast.map((persona) => ({ ...persona, examples: undefined }));
  for (const without of [bare, bare.map((persona) => ({ ...persona, script: undefined }))]) {
    for (const [trader, turns] of allWorkedTurns({ ...floor, cast: without }, DECISION_KEYS)) {
      const made = turns.map(({ does }) => schema.parse(JSON.parse(does)));
      assert.equal(made.length, 2);
      for (const { speech, thought } of made) assert.ok(speech !== '' && thought !== '', trader);
      assert.equal(new Set(made.map(({ trade }) => trade)).size, 2, `${trader} deals in two things`);
      assert.equal(new Set(made.map(({ size }) => size)).size, 2, `${trader} deals in two sizes`);
    }
  }
});

test('no two of a description alone are shown the same line, whomever it names, and not all talk to the same one', () => {
  const plain = cast.map((persona) => ({ ...persona, examples: undefined, script: undefined }));
  const shown = [...allWorkedTurns({ ...floor, cast: plain }, DECISION_KEYS).values()].flat();
  const names = new Set(cast.flatMap(({ name }) => wordsOf(name)));
  const lines = shown.map(({ does }) => maskedWords(schema.parse(JSON.parse(does)).speech, names).join(' '));
  assert.equal(new Set(lines).size, lines.length, lines.join(' | '));
  const company = shown.flatMap(({ sees }) => / with (\w+)\./.exec(sees)?.[1] ?? []);
  assert.equal(new Set(company).size, cast.length, company.join(', '));
});

test('a worked turn that needs somebody who is not in the cast is left out', () => {
  const [alex] = cast;
  assert.ok(alex);
  const alone = workedTurns(alex, { cast: [alex], rooms: office.rooms }, DECISION_KEYS);
  for (const { sees } of alone) assert.match(sees, /, alone\./);
});

test('whoever has no worked turn left for this cast is shown those of its phrase banks, not nothing', () => {
  const { alex, without } = withoutSarah();
  const toSarah = alex.examples?.filter(({ sees }) => sees.company.some(({ trader }) => trader === 'sarah'));
  assert.ok(toSarah && toSarah.length > 0);
  const { examples: _, ...bare } = alex;
  const shown = workedTurns({ ...alex, examples: toSarah }, without, DECISION_KEYS);
  assert.deepEqual(shown, workedTurns(bare, without, DECISION_KEYS));
  assert.equal(shown.length, 2);
});

test('one worked turn is joined by one of the phrase banks, in company where it is alone itself', () => {
  const { alex, without } = withoutSarah();
  const own = alex.examples?.find(({ sees }) => sees.company.length === 0) ?? assert.fail();
  const [alone, inCompany, ...more] = workedTurns({ ...alex, examples: [own] }, without, DECISION_KEYS);
  assert.ok(alone && inCompany && more.length === 0);
  assert.ok(alone.does.includes(JSON.stringify(own.does.speech)));
  assert.match(alone.sees, /, alone\./);
  assert.match(inCompany.sees, / with Alice\./);
});

/** Alex, and a floor where Sarah is not. */
function withoutSarah(): { alex: Persona; without: typeof floor } {
  const alex = cast.find(({ id }) => id === 'alex') ?? assert.fail();
  return { alex, without: { ...floor, cast: cast.filter(({ id }) => id !== 'sarah') } };
}

test('where a worked turn is left out, another one of the file stands in', () => {
  const sarah = cast.find(({ id }) => id === 'sarah') ?? assert.fail();
  const without = cast.filter(({ id }) => id !== 'alex');
  const seen = workedTurns(sarah, { cast: without, rooms: office.rooms }, DECISION_KEYS);
  assert.equal(seen.length, 2);
  assert.ok(seen.every(({ sees }) => !sees.includes('Alex')));
});

test('what lines must not be copied from holds the rules, the persona and the worked turns', () => {
  const alex = cast.find(({ id }) => id === 'alex');
  const said =
    alex?.examples?.find(({ sees }) => sees.company.length === 0)?.does.speech ??
    assert.fail('Alex has no example');
  const text = (examples: boolean) =>
    fixedTexts(floor, DECISION_KEYS, examples ? allWorkedTurns(floor, DECISION_KEYS) : new Map()).get(
      'alex',
    ) ?? '';
  assert.match(text(false), /tell them to their faces/);
  assert.match(text(false), /You are Alex/);
  assert.ok(text(true).includes(said));
  assert.ok(!text(false).includes(said));
});
