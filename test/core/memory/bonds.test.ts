import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bondBetween } from '#core/memory/bonds.ts';
import { LASTING, openMemory, type Fact } from '#core/memory/fact.ts';
import { observe } from '#core/observe.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

/** Mike bought on Alex's tip, and the two know what came of it. */
const tip = (kind: 'goodAdvice' | 'badAdvice', round: number): Fact => ({
  kind,
  round,
  about: 'mike',
  by: 'alex',
  instrument: 'Crypto',
  amountCents: 90_000,
  moveBps: kind === 'goodAdvice' ? 900 : -900,
  count: null,
  knownBy: ['mike', 'alex'],
  told: {},
});

/** An open market, Alex and Mike in one room, and one thing between them. */
function afterTip(kind: 'goodAdvice' | 'badAdvice'): Floor {
  const floor = new Floor({ rules: { intermissionRounds: 1 } });
  floor.play(2, (seen) => ({
    ...holdAndStay(seen),
    location: ['alex', 'mike'].includes(seen.trader) ? 'Coffee Shop' : 'VC Office',
  }));
  floor.state = {
    ...floor.state,
    memory: { ...openMemory(), facts: [tip(kind, floor.state.round)] },
  };
  return floor;
}
const bonds = (floor: Floor, trader: string) => observe(floor.state, trader, content).bonds ?? [];

test('bad advice makes a feud that both know of, and each goes about it as its persona says; nobody else is in it', () => {
  const floor = afterTip('badAdvice');
  assert.equal(bondBetween(floor.state, 'mike', 'alex'), 'feud');
  assert.deepEqual(bonds(floor, 'mike'), [
    { trader: 'alex', name: 'Alex', kind: 'feud', way: 'seek', room: 'coffee-shop' },
  ]);
  assert.deepEqual(
    bonds(floor, 'alex').map(({ trader, kind }) => [trader, kind]),
    [['mike', 'feud']],
  );
  assert.deepEqual(bonds(floor, 'sarah'), []);
  const shy = content.cast.map((persona) =>
    persona.id === 'mike' ? { ...persona, feud: undefined } : persona,
  );
  const [bond] = observe(floor.state, 'mike', { ...content, cast: shy }).bonds ?? [];
  assert.equal(bond?.way, 'shun', 'where the data say nothing');
});

test('a call that paid makes an alliance, and allies seek each other', () => {
  const floor = afterTip('goodAdvice');
  for (const [one, other] of [
    ['mike', 'alex'],
    ['alex', 'mike'],
  ] as const) {
    const [bond, ...more] = bonds(floor, one);
    assert.deepEqual([bond?.trader, bond?.kind, bond?.way, more.length], [other, 'alliance', 'seek', 0]);
  }
});

test('a trader knows where the other is while it is here or was seen walking out, and not after that', () => {
  const floor = afterTip('badAdvice');
  floor.play(1, (seen) => ({
    ...holdAndStay(seen),
    location: seen.trader === 'alex' ? 'News Room' : seen.roomName,
  }));
  const where: unknown[] = [];
  floor.play(2, holdAndStay, (seen) => {
    if (seen.trader === 'mike') where.push(seen.bonds?.[0]?.room);
  });
  assert.deepEqual(where, ['news-room', null]);
});

test('a bond lasts no longer than what it comes from', () => {
  const floor = afterTip('badAdvice');
  floor.play(LASTING.badAdvice.kept, holdAndStay);
  assert.deepEqual(bonds(floor, 'mike'), []);
});
