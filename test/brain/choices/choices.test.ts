import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Choices, type ChoicesOptions } from '#brain/choices/choices.ts';
import { neutralTurns } from '#brain/choices/habits.ts';
import type { Way } from '#brain/engine/answer/choice.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { TRADES } from '#core/vocabulary.ts';
import { content } from '#test/support/floor.ts';

const {
  cast,
  office: { rooms },
} = content;

/** A model for which all show long Tech is three nats likelier than in neutral turns. */
const ways = (extra: number): Way[] =>
  TRADES.map((trade) => ({ values: [trade], logProbability: trade === 'Tech' ? extra : 0 }));

async function onStage(): Promise<Choices> {
  return Choices.of({
    cast,
    rooms,
    model: 'none',
    look: () => 'Crypto fell.',
    store: { folder: null, log() {} },
    told: ({ given }) => given,
    ask: async (_, choose) => choose('trade', ways(0)),
  });
}

/** Of so many turns, those in which Tech was taken. */
function techShare(
  choices: Choices,
  turns: number,
  turnOf: (turn: number) => { trader: TraderId; floor: string; aside?: true },
): number {
  let taken = 0;
  for (let turn = 0; turn < turns; turn++) {
    const { trader, floor, aside } = turnOf(turn);
    const persona = cast.find(({ id }) => id === trader) ?? assert.fail();
    const [neutral] = neutralTurns(persona, rooms);
    const { observation } = neutral ?? assert.fail();
    const choose = choices.for({ id: `${turn}:${trader}`, observation, floor, aside }, 1);
    if (choose?.('trade', ways(3)) === TRADES.indexOf('Tech')) taken += 1;
  }
  return taken / turns;
}

test('whoever has no habits to measure has none, and keeps nobody else from having some', async () => {
  const told: string[] = [];
  const measured = (unable?: ChoicesOptions['unable']): Promise<Choices> =>
    Choices.of({
      cast,
      rooms,
      model: 'none',
      store: { folder: null, log() {} },
      told: ({ given }) => given,
      ask: ({ observation }, choose) =>
        observation.trader === 'mike'
          ? Promise.reject(new Error('too long'))
          : Promise.resolve(choose('trade', ways(0))),
      unable,
    });
  const choices = await measured(({ id }, error) => told.push(`${id}: ${String(error)}`));
  assert.deepEqual(told, ['mike: Error: too long']);
  for (const persona of cast) {
    const [neutral] = neutralTurns(persona, rooms);
    const { observation } = neutral ?? assert.fail();
    const choose = choices.for({ id: '1', observation }, 1);
    assert.equal(choose === undefined, persona.id === 'mike');
  }
  await assert.rejects(measured(), /too long/);
});

test('what is usual is learned by each trader on each floor for itself, and never from what is asked aside', async () => {
  const choices = await onStage();
  const atFirst = techShare(choices, 200, (turn) => ({ trader: 'alex', floor: `new ${turn}` }));
  assert.ok(atFirst > 0.8, `${atFirst}`);
  assert.ok(techShare(choices, 300, () => ({ trader: 'alex', floor: 'one' })) < atFirst / 2);
  for (const [floor, trader] of [
    ['one', 'mike'],
    ['two', 'alex'],
  ] as const) {
    const aside = techShare(choices, 200, () => ({ trader, floor, aside: true }));
    assert.ok(aside > 0.8, `${trader} on floor ${floor}: ${aside}`);
  }
});
