import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import { loadLibrary } from '#app/content.ts';
import { LineGuard } from '#brain/lines/line-guard.ts';
import { lookFor } from '#brain/scripted/looks.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

const { cast } = content;
const everybody = loadLibrary(null).personas;

function seenIn(rounds: number): Observation[] {
  const seen: Observation[] = [];
  new Floor({ seed: 11 }).play(rounds, holdAndStay, (observation) => seen.push(observation));
  return seen;
}
const largestOf = ({ prices }: Observation) =>
  prices.toSorted((one, other) => Math.abs(other.roundBps) - Math.abs(one.roundBps))[0] ??
  assert.fail('no prices');

/** Everybody in data/cast, guests too, as each instrument rises and falls in many rounds. */
function allLooks(): { trader: string; instrument: Instrument; roundBps: number; sentence: string }[] {
  const seen = seenIn(1)[0] ?? assert.fail();
  return everybody.flatMap(({ id: trader }) =>
    INSTRUMENTS.flatMap((instrument) =>
      [-230, -60, 60, 230].flatMap((roundBps) =>
        Array.from({ length: 80 }, (_, round) => {
          const prices = seen.prices.map((price) => ({
            ...price,
            roundBps: price.instrument === instrument ? roundBps : 10,
          }));
          const sentence =
            lookFor({ ...seen, trader, round, prices }, everybody, 4) ?? assert.fail('no look');
          return { trader, instrument, roundBps, sentence };
        }),
      ),
    ),
  );
}

test('a thought begins with what moved most and which way, in words that are true whatever is held, read or done', () => {
  const guard = new LineGuard(() => false);
  const looks = allLooks();
  assert.ok(new Set(looks.map(({ sentence }) => sentence)).size > 200);
  for (const { trader, instrument, roundBps, sentence } of looks) {
    const what = `${trader}: ${sentence}`;
    assert.ok(sentence.includes(instrument), what);
    const wrongWay =
      roundBps > 0 ? /\b(?:down|fell|minus|dropped|sank|lost)\b/i : /\b(?:up|rose|ran|plus)\b/i;
    assert.doesNotMatch(sentence, wrongWay, what);
    assert.doesNotMatch(sentence, /\b(?:buy|sell|in!|I|me|my|missed|news|why)\b/i, what);
    assert.doesNotMatch(sentence, /Bonds (?:is|tastes|looks|was)\b|[{}]/u, what);
    assert.equal(guard.judge('thought', `${sentence} The`, false), 'fine', what);
  }
});

test('the same turn gets the same look, and what was thought of late gives way', () => {
  const looks = seenIn(60).flatMap((observation) => {
    const sentence = lookFor(observation, cast, 4);
    return sentence === null ? [] : [{ observation, sentence }];
  });
  assert.ok(looks.length > 40, `${looks.length} looks`);
  for (const { observation, sentence } of looks) {
    assert.ok(sentence.includes(largestOf(observation).instrument), sentence);
    assert.equal(lookFor(structuredClone(observation), cast, 4), sentence);
    const another = lookFor(observation, cast, 4, (candidate) => candidate === sentence);
    assert.ok(another !== null && another !== sentence);
  }
});

test('a bank that writes what JSON or the guard would trip over gives other looks', () => {
  const alex = cast.find(({ id }) => id === 'alex');
  assert.ok(alex?.script);
  const thinks = {
    ...alex.script.thinks,
    chase: ['They call {instrument} "hot". Buy.', 'Path\\{instrument}. Buy.'],
  };
  const odd = [{ ...alex, script: { ...alex.script, thinks } }];
  for (const observation of seenIn(60))
    assert.doesNotMatch(lookFor({ ...observation, trader: 'alex' }, odd, 4) ?? '', /["\\]/u);
});

test('nobody looks at a market that stands still or is shut, and no intern does', () => {
  const seen = seenIn(60).find((observation) => lookFor(observation, cast, 4) !== null);
  assert.ok(seen);
  const quiet = { ...seen, prices: seen.prices.map((price) => ({ ...price, roundBps: 49 })) };
  for (const other of [
    quiet,
    { ...seen, phase: 'intermission' },
    { ...seen, standing: 'intern' },
    { ...seen, lookingBack: true },
  ] as const)
    assert.equal(lookFor(other, cast, 4), null);
});

test('a persona of a description alone looks in plain words, and seldom twice in the same', () => {
  const strangers = cast.map((persona) => ({ ...persona, script: undefined }));
  const bySituation = Map.groupBy(
    seenIn(120).filter((observation) => lookFor(observation, strangers, 4) !== null),
    (observation) => `${observation.trader} ${largestOf(observation).roundBps > 0}`,
  );
  assert.ok(bySituation.size >= 4);
  for (const seen of bySituation.values()) {
    const forms = seen
      .slice(0, 6)
      .map((observation) =>
        lookFor(observation, strangers, 4)?.replaceAll(/[\d.]+%|Tech|Crypto|Bonds/g, '_'),
      );
    assert.ok(new Set(forms).size >= Math.min(3, forms.length), forms.join(' | '));
  }
});
