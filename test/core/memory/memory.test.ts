import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scriptedTurn } from '#brain/scripted/scripted.ts';
import { apply } from '#core/apply.ts';
import type { Decision } from '#core/decision.ts';
import { FACTS_KEPT, knows, LASTING } from '#core/memory/fact.ts';
import { feelingBetween } from '#core/memory/feelings.ts';
import { FACTS_TOLD } from '#core/memory/recall.ts';
import { moneyWords } from '#core/memory/words.ts';
import type { Observation } from '#core/observation.ts';
import { observe } from '#core/observe.ts';
import type { ShowState } from '#core/state.ts';
import { anything, content, Floor, holdAndStay } from '#test/support/floor.ts';

const scripted = (seen: Observation): Decision => scriptedTurn(seen, content.cast, 5).decision;
const first = content.office.rooms.find(({ id }) => id === 'coffee-shop');

/** Everybody in one room, in an open market; then each says its line. */
function gathered(floor: Floor, here = ['alex', 'alice', 'mike', 'sarah']): Floor {
  floor.play(2, (seen) => ({
    ...holdAndStay(seen),
    location: here.includes(seen.trader) ? (first?.name ?? '') : seen.roomName,
  }));
  return floor;
}
const saying =
  (lines: Record<string, string>, trades: Record<string, Decision['trade']> = {}) =>
  (seen: Observation): Decision => ({
    ...holdAndStay(seen),
    speech: lines[seen.trader] ?? '',
    trade: trades[seen.trader] ?? 'Hold',
    size: 'AllIn',
  });
const factsOf = (floor: Floor, trader: string) => observe(floor.state, trader, content).facts ?? [];

test('who was in the room knows who mocked whom, and whoever hears it told knows it from then on; nobody else does', () => {
  const floor = gathered(new Floor({ rules: { intermissionRounds: 1 } }), ['alex', 'mike']);
  floor.play(1, saying({ mike: 'Alex, you clown!' }));
  assert.deepEqual(
    factsOf(floor, 'alex').map(({ kind, part, by }) => [kind, part, by?.name]),
    [['mocked', 'me', 'Mike']],
  );
  assert.ok(!factsOf(floor, 'sarah').some(({ kind }) => kind === 'mocked'));
  assert.ok(feelingBetween(floor.state, 'alex', 'mike') < 0);
  assert.equal(feelingBetween(floor.state, 'sarah', 'mike'), 0);
  gathered(floor, ['alex', 'mike', 'sarah']);
  floor.play(1, saying({ alex: 'Sarah, Mike laughed at me!' }));
  assert.ok(factsOf(floor, 'sarah').some(({ kind, part }) => kind === 'mocked' && part === 'they'));
  assert.ok(!factsOf(floor, 'alice').some(({ kind }) => kind === 'mocked'));
});

test('a grudge fades, and nothing is left of it when it is forgotten', () => {
  const floor = gathered(new Floor({ rules: { intermissionRounds: 200 } }), ['alex', 'mike']);
  floor.play(1, saying({ mike: 'Alex, you clown!' }));
  const felt: number[] = [];
  for (let round = 0; round < LASTING.mocked.kept; round++) {
    felt.push(feelingBetween(floor.state, 'alex', 'mike'));
    floor.play(1, holdAndStay);
  }
  assert.deepEqual(
    felt,
    felt.toSorted((a, b) => a - b),
  );
  assert.ok((felt[0] ?? 0) < 0);
  assert.equal(feelingBetween(floor.state, 'alex', 'mike'), 0);
});

test('advice that was followed is remembered with what came of it, and so is a call that came true', () => {
  const outcomes = new Set<string>();
  for (let seed = 1; seed <= 40 && outcomes.size < 4; seed++) {
    const floor = gathered(new Floor({ seed, rules: { intermissionRounds: 1 } }));
    floor.play(1, saying({ alex: 'Buy Crypto, Mike!' }, { mike: 'Crypto' }));
    floor.play(1, saying({}, { mike: 'Crypto' }));
    floor.play(4, holdAndStay);
    for (const fact of floor.state.memory?.facts ?? []) {
      if (fact.instrument !== 'Crypto') continue;
      outcomes.add(fact.kind);
      assert.equal(fact.kind.startsWith('good'), (fact.moveBps ?? 0) > 0, `seed ${seed}`);
      assert.deepEqual(fact.knownBy?.toSorted(), ['alex', 'alice', 'mike', 'sarah']);
      if (fact.kind.endsWith('Call')) assert.equal(fact.about, 'alex');
      else assert.deepEqual([fact.about, fact.by], ['mike', 'alex']);
    }
  }
  assert.deepEqual([...outcomes].toSorted(), ['badAdvice', 'badCall', 'goodAdvice', 'goodCall']);
});

test('who praises one thing and buys another has betrayed those who believed it and lost; who buys it after all has not', () => {
  const betrayed = (deeds: Record<string, Decision['trade']>, later: Decision['trade']): boolean[] =>
    Array.from({ length: 40 }, (_, index) => index + 1).flatMap((seed) => {
      const floor = gathered(new Floor({ seed, rules: { intermissionRounds: 1 } }));
      floor.play(1, saying({ alex: 'Buy Crypto, Mike!' }, deeds));
      floor.play(1, saying({}, { mike: 'Crypto', alex: later }));
      floor.play(4, holdAndStay);
      return (floor.state.memory?.facts ?? []).flatMap(({ kind, about, advice }) =>
        kind === 'badAdvice' && about === 'mike' && advice ? [advice.betrayed] : [],
      );
    });
  const said = betrayed({ alex: 'Bonds' }, 'Hold');
  assert.ok(said.length > 0 && said.every(Boolean));
  for (const kept of [
    betrayed({ alex: 'Crypto' }, 'Hold'),
    betrayed({ alex: 'Bonds' }, 'Crypto'),
    betrayed({}, 'Hold'),
  ])
    assert.ok(kept.length > 0 && !kept.some(Boolean));
});

test('in a long run memory stays small, facts are true and dated, and nobody knows what it could not', () => {
  for (const decide of [anything(8), scripted]) {
    const floor = new Floor({ seed: 77, rules: { episodeRounds: 12, intermissionRounds: 2 } });
    const chaos = new Set<number>();
    const kinds = new Set<string>();
    for (let round = 0; round < 250; round++) {
      if (round % 60 === 30) {
        floor.act({ type: 'strikeChaos', text: null });
        chaos.add(floor.state.round);
      }
      floor.play(1, decide, (seen) => {
        assert.ok((seen.facts ?? []).length <= FACTS_TOLD);
        for (const { kind, about, by, roundsAgo, part } of seen.facts ?? []) {
          kinds.add(kind);
          const at = seen.round - roundsAgo;
          const happened = (type: string) =>
            floor.events.some(
              (event) => event.type === type && 'trader' in event && event.trader === about?.trader,
            );
          if (kind === 'marginCall') assert.ok(happened('marginCalled'));
          if (kind === 'bankruptcy') assert.ok(happened('bankrupted'));
          if (kind === 'chaos') assert.ok(chaos.has(at));
          if (part === 'me') assert.equal(about?.trader, seen.trader);
          if (part === 'mine') assert.equal(by?.trader, seen.trader);
          if (kind !== 'mocked' && kind !== 'comforted') continue;
          const lines = floor.eventsOf('spoke').filter((line) => line.round >= at);
          assert.ok(lines.some((line) => line.round === at && line.trader === by?.trader));
          assert.ok(
            lines.some((line) => line.heardBy.includes(seen.trader)),
            'it was somewhere else all the time',
          );
        }
        for (const { feeling } of seen.company) assert.ok(Math.abs(feeling ?? 0) <= 3);
      });
      const { facts = [], claims = [] } = floor.state.memory ?? {};
      assert.ok(facts.length <= FACTS_KEPT && claims.length <= 12);
      assert.ok(facts.every(({ round, kind }) => floor.state.round - round < LASTING[kind].kept));
    }
    assert.ok(kinds.has('chaos') && kinds.size >= 4, [...kinds].join());
    const replayed = floor.actions.reduce(
      (state: ShowState, action) => apply(state, action, content).state,
      floor.founding,
    );
    assert.deepEqual(replayed.memory, floor.state.memory);
  }
});

test('a show of the first edition remembers nothing, and begins to when it takes the second', () => {
  const floor = new Floor();
  const { edition: _, ...old } = floor.founding;
  floor.state = old;
  floor.play(30, scripted);
  assert.ok(!Object.hasOwn(floor.state, 'memory'));
  assert.equal(observe(floor.state, 'alex', content).facts, undefined);
  floor.act({ type: 'takeEdition', edition: 2 });
  floor.play(30, scripted);
  assert.ok((floor.state.memory?.facts.length ?? 0) > 0);
});

test('the tape is public: a margin call is known to all, at once, and comes to mind before an old joke', () => {
  const floor = new Floor({ seed: 3, rules: { episodeRounds: 40, intermissionRounds: 1 } });
  const seen: Observation[] = [];
  for (let round = 0; round < 400 && seen.length === 0; round++)
    floor.play(1, scripted, (turn) => {
      if (turn.facts?.[0]?.kind === 'marginCall' && turn.facts[0].part === 'they') seen.push(turn);
    });
  const fact = seen[0]?.facts?.[0] ?? assert.fail('nobody was margin-called in 400 rounds');
  assert.equal(fact.roundsAgo, 0);
  assert.match(fact.amount ?? '', /dollars$/);
  assert.ok(
    (floor.state.memory?.facts ?? []).every((each) => each.kind !== 'marginCall' || knows(each, 'sarah')),
  );
});

test('amounts are told as people tell them', () => {
  const words = [4_00, 12_00, 73_00, 900_00, 1_020_00, 4_480_00, 12_300_00, 250_000_00].map(moneyWords);
  assert.deepEqual(words, [
    'next to nothing',
    'ten dollars',
    'seventy dollars',
    'nine hundred dollars',
    'a thousand dollars',
    'four and a half thousand dollars',
    'twelve thousand dollars',
    'a fortune',
  ]);
});
