import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '#core/observation.ts';
import { lookFor } from '#brain/scripted/looks.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

const { cast } = content;

function seenIn(rounds: number): Observation[] {
  const seen: Observation[] = [];
  new Floor({ seed: 11 }).play(rounds, holdAndStay, (observation) => seen.push(observation));
  return seen;
}
const largestOf = ({ prices }: Observation) =>
  prices.toSorted((one, other) => Math.abs(other.roundBps) - Math.abs(one.roundBps))[0] ??
  assert.fail('no prices');

test('a thought begins with what moved most, says which way it went, and orders nothing', () => {
  const looks = seenIn(60).flatMap((observation) => {
    const sentence = lookFor(observation, cast, 4);
    return sentence === null ? [] : [{ observation, sentence }];
  });
  assert.ok(looks.length > 40, `${looks.length} looks`);
  for (const { observation, sentence } of looks) {
    const { instrument, roundBps } = largestOf(observation);
    assert.ok(sentence.includes(instrument), sentence);
    assert.doesNotMatch(sentence, /\b(?:buy|sell)\b|[{}[\]]/i);
    const wrongWay =
      roundBps > 0 ? /\b(?:down|fell|minus|dropped|sank|lost)\b/i : /\b(?:up|rose|ran|plus)\b/i;
    assert.doesNotMatch(sentence, wrongWay);
    assert.equal(lookFor(structuredClone(observation), cast, 4), sentence, 'the same turn, the same look');
    const another = lookFor(observation, cast, 4, (candidate) => candidate === sentence);
    assert.ok(another !== null && another !== sentence, 'what was thought of late gives way');
  }
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
