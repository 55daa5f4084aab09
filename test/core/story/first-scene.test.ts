import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personaSchema, type Content } from '#core/content.ts';
import { decisionSchema, SPEECH_MAX } from '#core/decision.ts';
import { debutOf, firstSceneRoom } from '#core/story/first-scene.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

const ROOMS = content.office.rooms.map(({ name }) => name);

test('a new show opens with everybody in one room, an open market, and a line in which each introduces itself', () => {
  const floor = new Floor();
  const [room, ...others] = new Set(Object.values(floor.state.traders).map((trader) => trader.room));
  assert.deepEqual([room, others], ['vc-office', []]);
  const [first] = floor.act({ type: 'openRound' });
  assert.equal(first?.type, 'premiereOpened');
  const { market } = floor.state;
  assert.notDeepEqual(market.priceCents, market.lastPriceCents, 'prices move');
  const lines = content.cast.map(({ id, name }) => {
    const debut = debutOf(floor.state, content, id);
    assert.ok(debut && decisionSchema(ROOMS).safeParse(debut).success);
    assert.match(debut.speech, new RegExp(`\\b${name}\\b`, 'iu'));
    return debut.speech;
  });
  assert.equal(new Set(lines).size, content.cast.length);
});

test('it is the first round alone that has a script', () => {
  const floor = new Floor({ rules: { intermissionRounds: 2, episodeRounds: 2 } });
  floor.play(1, holdAndStay);
  for (let round = 2; round <= 8; round++) {
    floor.act({ type: 'openRound' });
    assert.equal(debutOf(floor.state, content, 'alex'), null, `round ${round}`);
    for (const trader of Object.values(floor.state.speakers).flat())
      floor.act({ type: 'takeTurn', trader, decision: null, fumble: 'timeout' });
    floor.act({ type: 'closeRound' });
  }
});

/** The office with a cast of so many who have no debut in their data. */
function plainCast(size: number, character: string): Content {
  const names = ['Ann', 'Ben', 'Cas', 'Dot', 'Eve', 'Fay', 'Gus', 'Hal', 'Ida', 'Jon'].slice(0, size);
  const cast = names.map((name, index) =>
    personaSchema.parse({
      id: name.toLowerCase(),
      name,
      title: 'The Gambler',
      emoji: ['🍎', '🍌', '🍒', '🍇', '🍋', '🍉', '🍐', '🍑', '🍍', '🥝'][index],
      color: `#00000${index}`,
      persona: character.replaceAll('NAME', name),
      homeRoom: 'coffee-shop',
      mandate: { leverage: { Tech: 1, Crypto: 1, Bonds: 1 } },
      obituary: 'Gone.',
      sprite: name.toLowerCase(),
    }),
  );
  return { ...content, cast };
}

test('a persona without a debut gets a line from its character, in the first person; casts of two and of ten meet alike', () => {
  const spoken = (character: string): string => {
    const staged = plainCast(2, character);
    const floor = new Floor({ content: staged });
    floor.act({ type: 'openRound' });
    return debutOf(floor.state, staged, 'ann')?.speech ?? '';
  };
  assert.equal(
    spoken('You are NAME, the Gambler. You are vain, and your bets are yourself in small. You shout.'),
    'Ann, the Gambler. I am vain, and my bets are myself in small.',
  );
  assert.equal(
    spoken('You are NAME, the Gambler. What you love, you lose. You trust your dog.'),
    'Ann, the Gambler. I trust my dog.',
    'a sentence that is hard to turn is left out',
  );
  assert.equal(spoken(`You are NAME, the Gambler. You ${'really '.repeat(30)}win.`), 'Ann, the Gambler.');
  for (const size of [2, 10]) {
    const staged = plainCast(size, 'You are NAME, the Gambler. You never sleep.');
    const floor = new Floor({ content: staged });
    floor.act({ type: 'openRound' });
    assert.equal(Object.values(floor.state.speakers).flat().length, size);
    for (const { id } of staged.cast)
      assert.ok((debutOf(floor.state, staged, id)?.speech.length ?? 0) <= SPEECH_MAX);
  }
});

test('the room of the first scene is the named one, else the largest', () => {
  assert.equal(firstSceneRoom(content.office), 'vc-office');
  const { firstSceneRoom: _, ...unnamed } = content.office;
  assert.equal(firstSceneRoom(unnamed), 'startup-offices');
  const rooms = unnamed.rooms.map((room) => (room.id === 'coffee-shop' ? { ...room, seats: 6 } : room));
  assert.equal(firstSceneRoom({ ...unnamed, rooms }), 'coffee-shop');
});
