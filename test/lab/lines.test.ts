import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedNumbers } from '#core/chance/keyed.ts';
import { mutualBits } from '#lab/lines/bits.ts';
import { faultFinder } from '#lab/lines/faults.ts';
import { linesReport } from '#lab/lines/report.ts';
import { toldApart } from '#lab/lines/told-apart.ts';
import { maskedWords } from '#lib/words.ts';
import type { JudgedTurn } from '#lab/lines/turn.ts';
import { seen } from '#test/brain/remote/scene.ts';

const said = (trader: string, speech: string, thought = 'I think so.'): JudgedTurn => ({
  round: 1,
  trader,
  thought,
  speech,
  trade: 'Hold',
  fumbled: false,
  seen: { ...seen, trader, phase: 'episode', standing: 'trading' },
});

test('every fault of a line is found, and a clean line has none', () => {
  const find = faultFinder(
    new Map([
      ['alex', 'speech: one short sentence said aloud'],
      ['mike', ''],
    ]),
  );
  const faults = (turn: JudgedTurn): string[] => [...find(turn)].sort();
  assert.deepEqual(faults(said('alex', 'This is a discount, we are so back!')), []);
  assert.deepEqual(faults(said('mike', 'Well, this is a discount, they say.')), ['echo']);
  assert.deepEqual(faults(said('alex', 'One short sentence said at once.')), ['copy']);
  assert.deepEqual(faults(said('alex', 'I like it.', 'One short sentence said.')), ['thoughtCopy']);
  assert.deepEqual(faults(said('alex', 'I will sell it as soon as')), ['cut']);
  assert.deepEqual(faults(said('alex', 'And now we wait...')), ['cut']);
  assert.deepEqual(faults(said('alex', '12')), ['cut', 'debris']);
  assert.deepEqual(faults(said('alex', 'We are so back, we are so, so back!')), ['ownWords']);
  assert.deepEqual(faults(said('mike', 'I like it.')), ['again']);
  assert.deepEqual(faults(said('mike', '')), [], 'silence is no fault of a line');
});

test('what is done and who speaks are no part of a line; a name with a colon, a time and a sign are', () => {
  const isDebris = (speech: string): boolean => {
    const turn = said('mike', speech);
    return faultFinder(new Map())({ ...turn, seen: { ...turn.seen, name: 'Mike' } }).has('debris');
  };
  for (const speech of [
    'leans in* Alice, sell me your bonds.',
    'Tech is mine *grins.',
    '_grins_ Tech is all mine.',
    'Mike: I am buying the dip!',
    'speech: I hold Tech.',
  ])
    assert.ok(isDebris(speech), speech);
  for (const speech of [
    'Alice: sell me your bonds.',
    'One thing, Mike: buy the dip.',
    'The bell rings at 10:30, Mike.',
    '10:30 is my time of day.',
    '-5% on Tech? I am buying more.',
    'My speech: never sell it.',
  ])
    assert.ok(!isDebris(speech), speech);
});

test('a quotation mark or a bracket at the end does not end a sentence that goes on before it', () => {
  const isCut = (speech: string): boolean => faultFinder(new Map())(said('alex', speech)).has('cut');
  for (const speech of [
    'He said "stop"',
    'They call it ‘the dip’',
    'I sold it all (Tech',
    'I sold it (all)',
    "Keep buyin'",
  ])
    assert.ok(isCut(speech), speech);
  for (const speech of [
    'He said "stop."',
    'I sold it all (Tech!)',
    'I sold it all (Tech).',
    'So back! *waves.*',
    'Up (”Sell!”) 🚀',
  ])
    assert.ok(!isCut(speech), speech);
});

test('who is alone and who walks is counted by trader and show', () => {
  const at = (trader: string, room: string, alone: boolean): JudgedTurn => {
    const turn = said(trader, 'I like it.');
    return { ...turn, seen: { ...turn.seen, room, company: alone ? [] : seen.company } };
  };
  const one = [
    at('alex', 'bar', true),
    at('mike', 'hall', false),
    at('alex', 'hall', false),
    at('mike', 'hall', false),
  ];
  const camera = at('alex', 'bar', true);
  const other = [
    at('alex', 'bar', false),
    { ...camera, seen: { ...camera.seen, lookingBack: true as const } },
  ];
  const report = linesReport(
    [one, other].map((turns) => ({ turns, prompts: new Map() })),
    [],
  );
  assert.equal(report.alone, 1 / 5);
  assert.equal(report.walked, 1 / 2, 'no show has a turn before its first');
});

test('bits: a coin that follows the other tells one bit, one that does not tells none, and few pairs do not tell more', () => {
  const pairs = (follow: boolean, n: number) =>
    Array.from({ length: n }, (_, index) => {
      const x = index % 2 === 0 ? 'up' : 'down';
      return { x, y: follow ? x : Math.floor(index / 2) % 2 === 0 ? 'buy' : 'sell' };
    });
  assert.ok(Math.abs(mutualBits(pairs(true, 400)) - 1) < 0.01);
  assert.ok(mutualBits(pairs(false, 400)) < 0.01);
  assert.ok(mutualBits(pairs(false, 8)) < 0.2);
  assert.equal(mutualBits([]), 0);
  const each = [
    ...pairs(true, 200).map((pair) => ({ ...pair, given: 'alice' })),
    ...pairs(false, 200).map((pair) => ({ ...pair, given: 'mike' })),
  ];
  assert.ok(Math.abs(mutualBits(each) - 0.5) < 0.02, 'half of the traders follow');
});

test('bits: whoever chooses blindly tells none, however few its turns, and whoever follows tells what it follows', () => {
  const SITUATIONS = 7;
  const TRADES = 4;
  const world = (seed: number, follows: number) =>
    ['alex', 'alice', 'mike', 'sarah'].flatMap((given) => {
      const numbers = keyedNumbers(seed, 'bits', 0, given);
      return Array.from({ length: 60 }, () => {
        const x = numbers.below(SITUATIONS);
        const y = numbers.uniform() < follows ? x % TRADES : numbers.below(TRADES);
        return { x: String(x), y: String(y), given };
      });
    });
  const meanBits = (follows: number, worlds: number): number =>
    Array.from({ length: worlds }, (_, seed) => mutualBits(world(seed, follows))).reduce((a, b) => a + b) /
    worlds;
  assert.ok(Math.abs(meanBits(0, 50)) < 0.02, 'as often below none as above');
  assert.ok(
    mutualBits(world(1, 1)) > 1.6,
    'of the nearly two bits of a choice that the situation makes alone',
  );
  // Two of the seven situations ask for each of three trades, and one for the fourth.
  const share = (y: number): number => (y < 3 ? 2 : 1) / SITUATIONS;
  const own = (1 + 1 / TRADES) / 2;
  const other = 1 / TRADES / 2;
  const plogp = (p: number): number => -p * Math.log2(p);
  const known =
    [0, 1, 2, 3].reduce((sum, y) => sum + plogp(share(y) * own + (1 - share(y)) * other), 0) -
    (plogp(own) + (TRADES - 1) * plogp(other));
  const found = meanBits(0.5, 20);
  assert.ok(Math.abs(found - known) < 0.06, `${found} of ${known}`);
});

test('what is told before the camera is no trade: it counts neither in bits nor among the trades', () => {
  const dealt = said('alex', 'I like it.');
  const camera = { ...dealt, seen: { ...dealt.seen, lookingBack: true as const } };
  const report = linesReport([{ turns: [dealt, camera, camera], prompts: new Map() }], []);
  assert.deepEqual(report.trades, { alex: { Hold: 1 } });
});

test('speakers are found by their words, not by names and figures', () => {
  const names = new Set(['alice', 'tech']);
  assert.deepEqual(maskedWords('Alice, Tech is up 3%!', names), ['x', 'x', 'is', 'up', 'x']);
  const own = (trader: string, words: string): { trader: string; words: string[] }[] =>
    Array.from({ length: 4 }, () => ({ trader, words: words.split(' ') }));
  assert.equal(toldApart([...own('alex', 'moon rocket'), ...own('sarah', 'cellar doom')]), 1);
  const same = toldApart([...own('alex', 'the same'), ...own('sarah', 'the same')]);
  assert.equal(same, 0.5);
  const half = [
    ...own('alex', 'moon rocket'),
    ...own('sarah', 'cellar doom'),
    ...own('sarah', 'moon rocket'),
  ];
  assert.ok((toldApart(half) ?? 1) < 1, 'a line is not tried by what was learned from itself');
  assert.equal(toldApart([{ trader: 'alex', words: ['moon'] }]), null);
});

test('a report of no turns is empty, and shares are of all turns', () => {
  assert.equal(linesReport([], []).turns, 0);
  const turns = [said('alex', 'We are so back today!'), said('alex', '')];
  const report = linesReport([{ turns, prompts: new Map() }], ['Alex']);
  assert.equal(report.clean, 0.5);
  assert.equal(report.silent, 0.5);
  assert.deepEqual(report.trades, { alex: { Hold: 2 } });
});
