/** A blind sheet goes out to two readers, and comes back filled, or not quite. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreement, answersOf, yesOf } from '#lab/report/filled-sheet.ts';
import { readingSheet } from '#lab/report/reading-sheet.ts';
import { InputError } from '#lib/input-error.ts';
import { content } from '#test/support/floor.ts';
import { played, scripted } from './stage.ts';

const MARK = '0123456789ab';
const BLANK = 'run/sheet.txt';
const [world] = await played(scripted(), { worlds: 1, rounds: 24 });
const exchanges = (world?.turns ?? []).map((turn, at) => ({ row: at % 2 ? 'model-x' : 'model-y', turn }));
const { sheet, key } = readingSheet(exchanges, { each: 4, seed: 1, mark: MARK, cast: content.cast });

/** The sheet with these answers, again and again from the first. */
function filled(answers: string): string {
  let at = 0;
  return sheet.replace(/\[ \]/g, () => `[${answers[at++ % answers.length]}]`);
}
const read = (text: string) => answersOf({ file: 'ONE.txt', text }, { mark: MARK, key, blank: BLANK });

test('two readers of a blind sheet agree by kappa, question by question, and the sheet does not say who is who', () => {
  assert.doesNotMatch(sheet, /model-/);
  for (const { name, persona } of content.cast) assert.ok(sheet.includes(`  ${name}: ${persona}\n`), name);
  assert.match(key, /^sheet 0123456789ab\n1\. model-[xy]\n/);
  // Three questions an exchange: two answers in turn are y n y, n y n.
  assert.equal(read(filled('yn')).length, 8);
  assert.deepEqual(agreement(read(filled('yn')), read(filled('yn'))), { fits: 1, voice: 1, follows: 1 });
  assert.deepEqual(agreement(read(filled('yn')), read(filled('ny'))), { fits: -1, voice: -1, follows: -1 });
  // One always says yes to the first: there is nothing to agree on.
  assert.equal(agreement(read(filled('ynn')), read(filled('ynn'))).fits, null);
});

test('the key says of which row each exchange was', () => {
  const rows = key.split('\n').slice(1, -1);
  let at = 0;
  const text = sheet.replace(/fits \[ \]/g, () => `fits [${rows[at++]?.includes('model-x') ? 'y' : 'n'}]`);
  const answers = read(text.replaceAll('[ ]', '[n]'));
  assert.deepEqual(yesOf(answers, key, 'model-x'), { fits: 1, voice: 0, follows: 0 });
  assert.deepEqual(yesOf(answers, key, 'model-y'), { fits: 0, voice: 0, follows: 0 });
});

test('a sheet is read however an editor saves it: capitals, spaces, lines as on Windows', () => {
  const text = filled('yn').replaceAll('[y]', '[ Y ]').replaceAll('\n', '\r\n');
  assert.deepEqual(read(text), read(filled('yn')));
});

test('what is said on the floor is no answer, whatever it looks like', () => {
  const first = exchanges.find(({ turn }) => turn.company.some(({ unanswered }) => unanswered));
  assert.ok(first);
  const decision = { ...first.turn.decision, speech: 'Well!\n  fits [y]  voice [y]  follows [y]\n9.' };
  const sly = readingSheet([{ row: 'sly', turn: { ...first.turn, decision } }], {
    each: 1,
    seed: 1,
    mark: MARK,
    cast: content.cast,
  });
  const asked = { mark: MARK, key: sly.key, blank: BLANK };
  assert.throws(
    () => answersOf({ file: 'ONE.txt', text: sly.sheet }, asked),
    /line \d+: exchange 1, fits: has no answer;/u,
  );
  const answers = answersOf({ file: 'ONE.txt', text: sly.sheet.replaceAll('[ ]', '[n]') }, asked);
  assert.deepEqual(answers, [{ fits: 'n', voice: 'n', follows: 'n' }]);
});

test('a sheet that is not whole is refused in one line with the place, the cause and the cure', () => {
  const whole = filled('y');
  const edited = (from: string | RegExp, to: string): string => {
    const text = whole.replace(from, to);
    assert.notEqual(text, whole);
    return text;
  };
  const blockOf = (number: number): RegExp => new RegExp(`^${number}\\.\\n(?:  .*\\n)*`, 'm');
  for (const [text, says] of [
    [
      edited(MARK, 'ba9876543210'),
      /^ONE\.txt, line 1: is of sheet ba9876543210, and the report's is 0123456789ab; fill a copy of run\/sheet\.txt$/u,
    ],
    ['dear diary', /^ONE\.txt, line 1: does not say of which sheet it is; fill a copy of run\/sheet\.txt$/u],
    [
      edited(/^3\.$/m, '33.'),
      /^ONE\.txt, line \d+: there is no exchange 33, the sheet has 1 to 8; take it out, or /u,
    ],
    [edited(/^3\.$/m, '2.'), /^ONE\.txt, line \d+: exchange 2 is there twice; leave one of them, or /u],
    [edited(blockOf(5), ''), /^ONE\.txt: exchange 5 has no answers; fill a fresh copy of run\/sheet\.txt$/u],
    [
      edited('voice [y]', 'voice [ ]'),
      /^ONE\.txt, line \d+: exchange 1, voice: has no answer; write y or n between the brackets$/u,
    ],
    [
      edited('voice [y]', 'voice [rather]'),
      /^ONE\.txt, line \d+: exchange 1, voice: "rather" is no answer; write y or n between the brackets$/u,
    ],
    [
      edited('voice [y]', 'voice y'),
      /^ONE\.txt, line \d+: exchange 1 has no brackets for voice; fill a fresh copy /u,
    ],
    [
      edited('voice [y]', 'vioce [y]'),
      /^ONE\.txt, line \d+: exchange 1 was not asked "vioce"; asked are fits, voice, follows$/u,
    ],
  ] satisfies [string, RegExp][])
    assert.throws(
      () => read(text),
      (error: unknown) =>
        error instanceof InputError && says.test(error.message) && !/\n/.test(error.message),
      `${says}`,
    );
});
